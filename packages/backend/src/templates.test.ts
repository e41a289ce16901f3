import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startPortal, type Portal } from './__testUtils__/startPortal';
import { dryRun, keepAsExpected, listTemplateCases, readFiles } from './__testUtils__/templateCases';
import { until } from './__testUtils__/until';

const fixtures = join(__dirname, '__fixtures__', 'templates');
const cases = [...listTemplateCases(fixtures), ...listTemplateCases(join(__dirname, '../../../templates'))];

/** What the scaffolder says of a task, as far as it is looked at here. */
interface Task {
  status: string;
  createdBy: string;
}

let portal: Portal;
beforeAll(async () => {
  const templates = ['service', 'forbidden'].map(name => join(fixtures, name, 'template.yaml'));
  portal = await startPortal({ templates });
  await until(async () => (await portal.fetchAs('guest', formPath('fixture-service'))).status === 200);
  await until(async () => (await portal.fetchAs('guest', formPath('fixture-forbidden'))).status === 200);
});
afterAll(async () => {
  await portal?.[Symbol.asyncDispose]();
});

function formPath(name: string): string {
  return `/api/scaffolder/v2/templates/default/template/${name}/parameter-schema`;
}

function startTask(user: string, template: string, values: object = {}) {
  return portal.fetchAs(user, '/api/scaffolder/v2/tasks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ templateRef: `template:default/${template}`, values }),
  });
}

async function taskPath(user: string, template: string, values: object): Promise<string> {
  const started = await startTask(user, template, values);
  expect(started.status).toBe(201);
  return `/api/scaffolder/v2/tasks/${(await started.json()).id}`;
}

/** Waits for the end of a task. @returns its status and what its log says, line by line */
async function endOf(user: string, path: string) {
  const read = async () => (await (await portal.fetchAs(user, path)).json()) as Task;
  await until(async () => !['open', 'processing'].includes((await read()).status));
  const events = (await (await portal.fetchAs(user, `${path}/events`)).json()) as { body: { message: string } }[];
  return { ...(await read()), log: events.map(({ body }) => body.message) };
}

function repoUrl(repository: string): string {
  return `${new URL(portal.git.url).host}?owner=homelab&repo=${repository}`;
}

function entityStatus(name: string): Promise<number> {
  return portal
    .fetchAs('guest', `/api/catalog/entities/by-name/component/default/${name}`)
    .then(({ status }) => status);
}

describe('templates', () => {
  it('render, publish to a git server, and register what they made', async () => {
    const path = await taskPath('operator', 'fixture-service', { name: 'weather-report', repoUrl: repoUrl('weather') });
    expect(await endOf('operator', path)).toMatchObject({ status: 'completed', createdBy: 'user:default/operator' });

    const repository = `${portal.git.url}/api/v1/repos/homelab/weather`;
    const file = await (await fetch(`${repository}/contents/catalog-info.yaml?ref=main`)).json();
    expect(Buffer.from(file.content, 'base64').toString('utf8')).toContain('name: weather-report');
    expect(portal.git.journal.count(({ error, refusal }) => error !== undefined || refusal !== undefined)).toBe(0);

    await until(async () => (await entityStatus('weather-report')) === 200);
    const entity = await portal.fetchAs('guest', '/api/catalog/entities/by-name/component/default/weather-report');
    expect((await entity.json()).metadata.annotations).toMatchObject({
      'backstage.io/source-location': `url:${portal.git.url}/homelab/weather/src/branch/main/`,
    });
  });

  it('run their failure() steps, and no others, when a step failed', async () => {
    const values = { name: 'second-one', repoUrl: repoUrl('twice') };
    await endOf('operator', await taskPath('operator', 'fixture-service', values));
    const { status, log } = await endOf('operator', await taskPath('operator', 'fixture-service', values));
    expect(status).toBe('failed');
    const text = log.join('\n');
    expect(text).toContain('The repository with the same name already exists');
    expect(text).toContain('nothing was published for second-one');
    expect(text).toContain('Skipping step register because a previous step failed');
    expect(text).not.toContain(portal.git.token);
  });

  it('use no action that the policy does not list, whoever starts them', async () => {
    for (const user of ['operator', 'admin']) {
      const { status, log } = await endOf(user, await taskPath(user, 'fixture-forbidden', {}));
      expect(status).toBe('failed');
      expect(log.join('\n')).toContain('Unauthorized action: github:webhook');
    }
  });

  it('are started by operators and admins, and their tasks seen and cancelled by whoever started them', async () => {
    const values = { name: 'not-made', repoUrl: repoUrl('not-made') };
    expect((await startTask('guest', 'fixture-service', values)).status).toBe(403);
    expect((await startTask('viewer', 'fixture-service', values)).status).toBe(403);
    expect((await startTask('operator', 'fixture-service', { ...values, name: '../x' })).status).toBe(400);

    const path = await taskPath('operator', 'fixture-service', { name: 'own-task', repoUrl: repoUrl('own-task') });
    const seen = ['guest', 'viewer', 'bystander', 'admin', 'operator'].map(
      async user => (await portal.fetchAs(user, path)).status,
    );
    expect(await Promise.all(seen)).toEqual([403, 403, 403, 200, 200]);
    expect((await portal.fetchAs('bystander', `${path}/cancel`, { method: 'POST' })).status).toBe(403);
    expect((await endOf('operator', path)).status).toBe('completed');
  });

  it('cannot be registered by anybody, since they come from the configuration', async () => {
    const target = `${portal.git.url}/homelab/weather/src/branch/main/template.yaml`;
    const location = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'url', target }),
    };
    const pastedTemplate = { template: {}, values: {}, directoryContents: [] };
    const pasted = await portal.fetchAs('operator', '/api/scaffolder/v2/dry-run', {
      ...location,
      body: JSON.stringify(pastedTemplate),
    });
    expect(pasted.status).toBe(403);
    expect((await portal.fetchAs('admin', '/api/catalog/locations?dryRun=true', location)).status).toBe(400);
  });
});

describe('the expected files of templates', () => {
  it.each(cases.map(one => [one.name, one] as const))('%s', async (_name, one) => {
    const rendered = await dryRun(portal, one);
    // Look at the difference before it is committed.
    if (process.env.LEITSTAND_UPDATE_EXPECTED) await keepAsExpected(one, rendered);
    expect(Object.keys(rendered).length > 0).toBe(existsSync(join(one.directory, 'skeleton'))); // a runbook has no files
    expect(rendered).toEqual(await readFiles(one.expectedDirectory));
  });
});
