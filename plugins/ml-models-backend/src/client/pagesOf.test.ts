import { startBigQueryHomelab } from '@leitstand/homelab';
import { BigQueryConnection } from './BigQueryConnection';
import { pagesOf } from './pagesOf';

it('reads page after page, and gives up on a list that leads to itself', async () => {
  await using homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0 } });
  const connection = new BigQueryConnection({
    ...{ name: 'homelab', projectId: 'homelab-lamp', projects: homelab.projects, location: 'EU' },
    ...{ apiEndpoint: homelab.url, accessToken: homelab.tokens.reader },
  });
  const reply = (body: object) => ({
    reply: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  });
  homelab.faults.next({ path: '*' }, reply({ kind: 'list', names: ['a'], nextPageToken: 'second' }));
  const endless = homelab.faults.always({ path: '*' }, reply({ kind: 'list', names: ['b'], nextPageToken: 'third' }));
  const request = { operation: 'list the names', path: '/names', answerHas: 'kind' };
  const names: string[] = [];
  const reading = (async () => {
    for await (const page of pagesOf<{ names: string[]; nextPageToken?: string }>(connection, request)) {
      names.push(...page.names);
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
  expect(names).toEqual(['a', 'b', 'b']);
  endless[Symbol.dispose]();
  expect([...homelab.journal].map(({ query }) => query.pageToken)).toEqual([undefined, 'second', 'third']);
});
