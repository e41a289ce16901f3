import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { startPortal, type Portal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

const directory = join(__dirname, '../../../templates/bigquery-ml-model');

let portal: Portal;
let values: Record<string, unknown>;
beforeAll(async () => {
  portal = await startPortal({ templates: [join(directory, 'template.yaml')] });
  values = load(await readFile(join(directory, 'test/inputs/csv.yaml'), 'utf8')) as Record<string, unknown>;
  const form = '/api/scaffolder/v2/templates/default/template/bigquery-ml-model/parameter-schema';
  await until(async () => (await portal.fetchAs('operator', form)).status === 200);
});
afterAll(async () => {
  await portal?.[Symbol.asyncDispose]();
});

/** Fills in the form as the operator and waits for the end. @returns its status and its log */
async function make(changes: { name: string; dataset: object; repo: string }) {
  const repository = { provider: 'gitea', host: new URL(portal.git.url).host, owner: 'homelab', repo: changes.repo };
  const started = await portal.fetchAs('operator', '/api/scaffolder/v2/tasks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      templateRef: 'template:default/bigquery-ml-model',
      values: { ...values, name: changes.name, dataset: changes.dataset, repository },
    }),
  });
  expect(started.status).toBe(201);
  const path = `/api/scaffolder/v2/tasks/${(await started.json()).id}`;
  const read = async () => (await (await portal.fetchAs('operator', path)).json()) as { status: string };
  await until(async () => !['open', 'processing'].includes((await read()).status));
  const events = (await (await portal.fetchAs('operator', `${path}/events`)).json()) as { body: { message: string } }[];
  return { ...(await read()), log: events.map(({ body }) => body.message).join('\n') };
}

async function modelsOf(dataset: string): Promise<string[]> {
  const url = `${portal.warehouse.url}/bigquery/v2/projects/homelab-lamp/datasets/${dataset}/models`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${portal.warehouse.tokens.reader}` } });
  const { models = [] } = (await response.json()) as { models?: { modelReference: { modelId: string } }[] };
  return models.map(({ modelReference }) => modelReference.modelId);
}

describe('the template bigquery-ml-model', () => {
  it('trains, publishes and registers: one entity, discovered or registered', async () => {
    const place = { project: 'homelab-lamp', create: { location: 'EU' } };
    const made = await make({ name: 'first', dataset: { ...place, dataset: 'one' }, repo: 'models' });
    expect(made.log).toContain('homelab-lamp.one.first is trained');
    expect(made.status).toBe('completed');
    expect(await modelsOf('one')).toEqual(['first']);
    // It may have been discovered before it was registered; both are one.
    await until(async () => {
      const entity = await portal.fetchAs('operator', '/api/catalog/entities/by-name/resource/default/first');
      const { annotations } = (await entity.json()).metadata;
      expect(annotations).toMatchObject({ 'bigquery.googleapis.com/model': 'homelab-lamp.one.first' });
      return annotations['backstage.io/source-location']?.includes('/homelab/models/') === true;
    });
  });

  it('takes the model back when publishing fails', async () => {
    const place = { project: 'homelab-lamp', create: { location: 'EU' } };
    const made = await make({ name: 'second', dataset: { ...place, dataset: 'two' }, repo: 'models' });
    expect(made.log).toContain('homelab-lamp.two.second is trained');
    expect(made.status).toBe('failed');
    expect(await modelsOf('two')).toEqual([]);
  });
});
