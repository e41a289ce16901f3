import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BigQuery, type BigQueryOptions } from '@google-cloud/bigquery';
import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { OAuth2Client } from 'google-auth-library';
import { untilSignedIn } from './harness/untilSignedIn';
import { inUnits, report, type Figure } from './measure/report';
import { summarize } from './measure/statistics';

jest.setTimeout(600_000);

const roundCount = 50;
const warmUpCount = 5;
const delaysMs = [0, 300];
const viewerCount = 50;
const observedMs = 20_000;
const modelPath = '/api/ml-models/v1/models/homelab-lamp/weather_analysis/temp_prediction_model';
const topic = 'ml-models:model/homelab-lamp.weather_analysis.temp_prediction_model';
const sql = `SELECT * FROM ML.PREDICT(MODEL \`homelab-lamp.weather_analysis.temp_prediction_model\`,
  (SELECT @year AS year, @month AS month))`;

/** A prediction through the portal beside the same question by the bare client, the two taking turns; and viewers. */
describe('bench/predict', () => {
  it('measures what the portal adds to a prediction, and what viewers of a model cost', async () => {
    await using warehouse = await startBigQueryHomelab();
    await using portal = await startPortal(warehouse);
    const figures: Figure[] = [];
    for (const delayMs of delaysMs) figures.push(...(await predictions(warehouse, portal, delayMs)));
    figures.push(...(await viewers(warehouse, portal)));
    await report('predict', figures);
    expect(figures.length).toBeGreaterThan(0);
  });
});

type Portal = Awaited<ReturnType<typeof startPortal>>;

async function predictions(warehouse: BigQueryHomelab, portal: Portal, delayMs: number): Promise<Figure[]> {
  using _ = delayMs > 0 ? warehouse.faults.always({ path: '*' }, { delayMs }) : undefined;
  const client = bareClient(warehouse);
  const bareMs: number[] = [];
  const portalMs: number[] = [];
  const estimateMs: number[] = [];
  const jobCounts: number[] = [];
  for (let round = -warmUpCount; round < roundCount; round++) {
    const row = { year: 2025 + round, month: 1 };
    const bare = await timed(() => client.query({ query: sql, params: row }));
    const body = JSON.stringify({ rows: [row] });
    const before = jobsOf(warehouse);
    const asked = await timed(() => portal.post(`${modelPath}/predictions`, body));
    const jobs = jobsOf(warehouse) - before;
    const estimated = await timed(() => portal.post(`${modelPath}/prediction-estimates`, body));
    if (round < 0) continue;
    bareMs.push(bare);
    portalMs.push(asked);
    estimateMs.push(estimated);
    jobCounts.push(jobs);
  }
  const [bare, asked, estimated] = [bareMs, portalMs, estimateMs].map(summarize);
  const added = { p50: asked.p50Ms - bare.p50Ms, p95: asked.p95Ms - bare.p95Ms };
  const most = Math.max(...jobCounts);
  const at = `${delayMs} ms upstream delay`;
  return [
    { what: `bare client, ${at}: p50 / p95`, value: `${inUnits(bare.p50Ms)} / ${inUnits(bare.p95Ms)}  n=${bare.n}` },
    { what: `portal, ${at}: p50 / p95`, value: `${inUnits(asked.p50Ms)} / ${inUnits(asked.p95Ms)}  n=${asked.n}` },
    { what: `added, ${at}: p50`, value: inUnits(added.p50), goal: '≤ 20 ms', isMet: added.p50 <= 20 },
    { what: `added, ${at}: p95`, value: inUnits(added.p95), goal: '≤ 60 ms', isMet: added.p95 <= 60 },
    {
      what: `dry run, ${at}: p50 / p95`,
      value: `${inUnits(estimated.p50Ms)} / ${inUnits(estimated.p95Ms)}  n=${estimated.n}`,
    },
    { what: `upstream jobs of a prediction, ${at}: most`, value: String(most), goal: '1', isMet: most === 1 },
  ];
}

/** Jobs that were really run. */
function jobsOf(warehouse: BigQueryHomelab): number {
  return warehouse.journal.count(({ method, path: target }) => method === 'POST' && target.endsWith('/queries'));
}

async function viewers(warehouse: BigQueryHomelab, portal: Portal): Promise<Figure[]> {
  const one = await view(warehouse, portal, 1);
  const many = await view(warehouse, portal, viewerCount);
  return [
    { what: 'requests upstream in 20 s for 1 viewer of a model page', value: String(one) },
    {
      what: `requests upstream in 20 s for ${viewerCount} viewers`,
      value: String(many),
      goal: 'what one costs',
      isMet: many <= one + 1,
    },
  ];
}

/** The catalogue asks for lists by itself; a page asks for the model and its features, and follows it. */
async function view(warehouse: BigQueryHomelab, portal: Portal, count: number): Promise<number> {
  await new Promise(resolve => setTimeout(resolve, 3_000));
  warehouse.journal.clear();
  const leaving = new AbortController();
  const streams = Array.from({ length: count }, () => portal.follow(topic, leaving.signal));
  await Promise.all(Array.from({ length: count }, () => portal.get(modelPath)));
  await Promise.all(Array.from({ length: count }, () => portal.get(`${modelPath}/features`)));
  await new Promise(resolve => setTimeout(resolve, observedMs));
  leaving.abort();
  await Promise.all(streams);
  return warehouse.journal.count(
    ({ path: target }) => target.endsWith('/models/temp_prediction_model') || target.endsWith('/queries'),
  );
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

function bareClient(warehouse: BigQueryHomelab): BigQuery {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: warehouse.tokens.reader });
  return new BigQuery({
    projectId: 'homelab-lamp',
    location: 'EU',
    apiEndpoint: warehouse.url,
    authClient: authClient as unknown as BigQueryOptions['authClient'], // the library's own copy of the same class
  });
}

async function startPortal(warehouse: BigQueryHomelab) {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'leitstand-bench-'));
  const { startStack } = await import('../../scripts/launcher/stack.mjs');
  const stack = await startStack({
    port: 0,
    stateDir,
    logDirectory: path.join(stateDir, 'logs'),
    env: { HOMELAB_BIGQUERY_URL: warehouse.url, HOMELAB_BIGQUERY_READER_TOKEN: warehouse.tokens.reader },
  });
  const headers = {
    Authorization: `Bearer ${await untilSignedIn(stack.url)}`,
    'Content-Type': 'application/json',
  };
  const call = async (target: string, init: RequestInit = {}) => {
    const response = await fetch(stack.url + target, { headers, ...init });
    if (!response.ok) throw new Error(`${target} answered ${response.status}: ${await response.text()}`);
    return response.json() as Promise<unknown>;
  };
  return {
    get: (target: string) => call(target),
    post: (target: string, body: string) => call(target, { method: 'POST', body }),
    async follow(name: string, signal: AbortSignal) {
      const target = `${stack.url}/api/live/v1/stream?topic=${encodeURIComponent(name)}`;
      try {
        const { body } = await fetch(target, { headers, signal });
        for await (const _ of body ?? []) continue;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await stack.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
