import type { Entity } from '@backstage/catalog-model';
import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { codeOf } from '@leitstand/plugin-kit-node/testUtils';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { areaConfig, startArea, temperature } from '../__testUtils__/startArea';

const answers: Record<string, (response: ServerResponse) => void> = {
  '/api/predict/2025/1': response =>
    response.setHeader('content-type', 'application/json').end('{"data":[{"predicted_avg_temp_celsius":2.25}]}'),
  '/moved/2025': response => response.writeHead(302, { location: '/api/predict/2025/1' }).end(),
  '/long/2025': response => response.end(`"${'x'.repeat(1_000_001)}"`),
  '/text/2025': response => response.writeHead(500).end('<h1>broken</h1>'),
  '/cut/2025': response => response.destroy(),
  '/slow/2025': () => {},
};

function component(name: string, path: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'bigquery.googleapis.com/model': 'homelab-lamp.weather_analysis.temp_prediction_model',
        'leitstand.io/prediction-path': path,
      },
    },
  };
}

let homelab: BigQueryHomelab;
let server: Server;
let asked: IncomingMessage[];
let area: Awaited<ReturnType<typeof startArea>>;

beforeAll(async () => {
  homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0 } });
  server = createServer((request, response) => {
    asked.push(request);
    const answer = answers[request.url ?? ''] ?? (unknown => unknown.writeHead(404).end('{}'));
    answer(response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const paths = {
    predicts: '/api/predict/{year}/{month}',
    moved: '/moved/{year}',
    long: '/long/{year}',
    text: '/text/{year}',
    cut: '/cut/{year}',
    slow: '/slow/{year}',
    elsewhere: '//127.0.0.2:1/{year}',
    absolute: 'http://127.0.0.2:1/{year}',
    odd: '/x/{constructor}',
  };
  const serving = { allow: Object.keys(paths).map(name => ({ entityRef: `component:default/${name}`, origin })) };
  area = await startArea({
    config: areaConfig(homelab, { serving }),
    entities: [
      ...Object.entries(paths).map(([name, path]) => component(name, path)),
      component('stranger', '/api/predict/{year}/{month}'),
    ],
  });
});
afterAll(async () => {
  await area?.[Symbol.asyncDispose]();
  server?.closeAllConnections();
  await new Promise(resolve => server?.close(resolve));
  await homelab?.close();
});
beforeEach(() => {
  asked = [];
});

const january = { year: 2025, month: 1 };

function call(name: string, row: Record<string, string | number> = january) {
  return area.client.callServing(temperature, { entityRef: `component:default/${name}`, row });
}

it('asks an allowed service at the path of its annotation, without credentials, and finds the predicted value', async () => {
  expect(await call('predicts')).toMatchObject({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/predict\/2025\/1$/),
    status: 200,
    durationMs: expect.any(Number),
    predicted: 2.25,
  });
  expect(asked[0].method).toBe('GET');
  expect(asked[0].headers).not.toHaveProperty('authorization');
  expect(asked[0].headers).not.toHaveProperty('cookie');
  const { serving } = await area.client.getModel(temperature);
  expect(serving.find(({ entityRef }) => entityRef === 'component:default/stranger')).not.toHaveProperty('origin');
});

it('follows no redirect, and hands on what the service says of itself', async () => {
  expect(await call('moved')).toMatchObject({ status: 302 });
  expect(asked.map(({ url }) => url)).toEqual(['/moved/2025']);
  const broken = await call('text');
  expect(broken).toMatchObject({ status: 500 });
  expect(broken).not.toHaveProperty('predicted');
});

it.each([
  ['stranger', january, 'SERVING_NOT_ALLOWED'],
  ['nobody', january, 'SERVING_NOT_ALLOWED'],
  ['elsewhere', january, 'SERVING_PATH_INVALID'],
  ['absolute', january, 'SERVING_PATH_INVALID'],
  ['odd', january, 'SERVING_PATH_INVALID'],
  ['predicts', { year: '../x', month: 1 }, 'FEATURE_VALUE_INVALID'],
])('does not call %s with %j', async (name, row, code) => {
  expect(await codeOf(call(name, row))).toBe(code);
  expect(asked).toEqual([]);
});

it.each([
  ['long', 'UPSTREAM_UNREACHABLE'],
  ['cut', 'UPSTREAM_UNREACHABLE'],
  ['slow', 'UPSTREAM_TIMEOUT'],
])('gives up on what is %s', async (name, code) => {
  expect(await codeOf(call(name))).toBe(code);
});
