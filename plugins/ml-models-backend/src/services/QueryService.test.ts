import { startBigQueryHomelab } from '@leitstand/homelab';
import { BigQueryConnection } from '../client/BigQueryConnection';
import { QueryService } from './QueryService';

const query = { sql: 'SELECT month, avg_temp_celsius FROM weather_analysis.berlin_weather' };

it.each([
  ['at once', 0],
  ['after several looks', 600],
])('says what a query was billed that ends %s', async (_, durationMs) => {
  await using homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0, query: durationMs } });
  const connection = new BigQueryConnection({
    ...{ name: 'homelab', projectId: 'homelab-lamp', projects: homelab.projects, location: 'EU' },
    ...{ apiEndpoint: homelab.url, accessToken: homelab.tokens.reader },
  });
  const queries = new QueryService({ maximumBytesBilled: 2 ** 30, price: undefined }, 200);
  const { signal } = new AbortController();
  const { rows, job } = await queries.run({ connection }, query, { operation: 'read', signal });
  expect(rows).toHaveLength(6);
  expect(job).toEqual({
    id: expect.stringMatching(/./),
    bytesProcessed: 96,
    bytesBilled: 10 * 2 ** 20,
    isCacheHit: false,
  });
});
