import { ask, clientFor, closeWithoutFaults, failureOf, project, startEmpty } from '../__testUtils__/warehouse';
import type { BigQueryHomelab } from '../startBigQueryHomelab';

let homelab: BigQueryHomelab;

beforeAll(async () => {
  homelab = await startEmpty();
});

afterAll(() => closeWithoutFaults(homelab));

describe('requests', () => {
  it.each([
    ['no token', {}, 'missing required authentication credential'],
    ['another token', { authorization: 'Bearer unknown' }, 'invalid authentication credentials'],
  ])('with %s are 401', async (_, headers: Record<string, string>, message) => {
    const answer = await fetch(`${homelab.url}/bigquery/v2/projects/${project}/datasets`, { headers });
    expect(answer.status).toBe(401);
    const { error } = (await answer.json()) as { error: { message: string } };
    expect(error).toMatchObject({
      code: 401,
      status: 'UNAUTHENTICATED',
      errors: [{ domain: 'global', reason: 'authError', location: 'Authorization', locationType: 'header' }],
    });
    expect(error.message).toContain(message);
  });

  it('need no token when the homelab stands in for an emulator, which has no path prefix', async () => {
    await using open = await startEmpty({ isTokenRequired: false });
    const answer = await fetch(`${open.url}/projects/${project}/datasets`);
    expect(await answer.json()).toEqual({ kind: 'bigquery#datasetList' });
  });

  it.each([
    ['routines of a dataset', 'datasets/d/routines', 501, 'notImplemented'],
    ['a dataset that is not there', 'datasets/nothing', 404, 'notFound'],
    ['a page token that is none', 'datasets?pageToken=%25', 400, 'invalid'],
  ])('for %s are answered in the shape of BigQuery', async (_, path, status, reason) => {
    const answer = await ask(homelab, path);
    expect(answer).toMatchObject({ status, body: { error: { code: status, errors: [{ domain: 'global', reason }] } } });
  });

  it('for another project are 404, and what is not modelled is noted in the journal', async () => {
    const headers = { authorization: `Bearer ${homelab.tokens.reader}` };
    const answer = await fetch(`${homelab.url}/bigquery/v2/projects/elsewhere/datasets`, { headers });
    expect(answer.status).toBe(404);
    await ask(homelab, 'datasets/d/routines/r');
    expect(homelab.journal.filter(entry => entry.path.endsWith('/routines/r'))).toMatchObject([
      { refusal: expect.stringContaining('does not model GET'), status: 501 },
    ]);
  });

  it('fail as ordered', async () => {
    homelab.faults.next({ path: '*/datasets' }, { status: 503 });
    expect(await ask(homelab, 'datasets')).toMatchObject({
      status: 503,
      body: { error: { status: 'UNAVAILABLE', errors: [{ reason: 'backendError' }] } },
    });
  });
});

describe('datasets', () => {
  it('are created, found by label, changed in the version that was read, and deleted when empty', async () => {
    const client = clientFor(homelab);
    const [dataset] = await client.createDataset('sales', { location: 'eu', labels: { team: 'blue' } });
    expect(dataset.metadata).toMatchObject({
      id: `${project}:sales`,
      datasetReference: { projectId: project, datasetId: 'sales' },
      location: 'EU',
      labels: { team: 'blue' },
    });
    expect((await failureOf(client.createDataset('sales'))).errors).toMatchObject([
      { reason: 'duplicate', message: `Already Exists: Dataset ${project}:sales` },
    ]);
    const labelled = await ask(homelab, 'datasets?filter=labels.team:blue');
    expect(labelled.body.datasets).toHaveLength(1);
    expect((await ask(homelab, 'datasets?filter=labels.team:red')).body).toEqual({ kind: 'bigquery#datasetList' });
    const etag = String(dataset.metadata.etag);
    const body = { description: 'What was sold', labels: { team: null, kind: 'facts' } };
    const patched = await ask(homelab, 'datasets/sales', { method: 'PATCH', body, headers: { 'if-match': etag } });
    expect(patched.body).toMatchObject({ description: 'What was sold', labels: { kind: 'facts' } });
    const late = await ask(homelab, 'datasets/sales', { method: 'PATCH', body, headers: { 'if-match': etag } });
    expect(late).toMatchObject({ status: 412, body: { error: { errors: [{ reason: 'conditionNotMet' }] } } });
    const lateDeletion = await ask(homelab, 'datasets/sales', { method: 'DELETE', headers: { 'if-match': etag } });
    expect(lateDeletion.status).toBe(412);
    await dataset.createTable('t', { schema: 'a:integer' });
    expect(await failureOf(dataset.delete())).toMatchObject({
      code: 400,
      message: `Dataset ${project}:sales is still in use`,
    });
    await dataset.delete({ force: true });
    expect(await dataset.exists()).toEqual([false]);
  });

  it.each([
    ['a name', { datasetReference: { datasetId: 'no-hyphens' } }],
    ['a label', { datasetReference: { datasetId: 'd' }, labels: { Upper: 'x' } }],
    ['a number', { datasetReference: { datasetId: 'd' }, defaultTableExpirationMs: 'soon' }],
    ['everything', {}],
  ])('are refused with %s that is not valid', async (_, body) => {
    expect(await ask(homelab, 'datasets', { body })).toMatchObject({
      status: 400,
      body: { error: { errors: [{ reason: 'invalid' }] } },
    });
  });

  it('are listed in pages', async () => {
    const client = clientFor(homelab);
    for (const id of ['p1', 'p2', 'p3']) await client.createDataset(id);
    const first = await ask(homelab, 'datasets?maxResults=2');
    expect(first.body.datasets).toHaveLength(2);
    const second = await ask(homelab, `datasets?maxResults=2&pageToken=${String(first.body.nextPageToken)}`);
    expect(second.body.datasets).toMatchObject([{ id: `${project}:p3` }]);
    expect(second.body.nextPageToken).toBeUndefined();
    expect((await client.getDatasets())[0].map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
    for (const id of ['p1', 'p2', 'p3']) await client.dataset(id).delete();
  });

  it('are not for readers to change', async () => {
    await clientFor(homelab).createDataset('kept');
    const reader = clientFor(homelab, 'reader');
    for (const call of [
      reader.createDataset('mine'),
      reader.dataset('kept').delete(),
      reader.dataset('kept').setMetadata({}),
    ]) {
      expect(await failureOf(call)).toMatchObject({ code: 403, errors: [{ reason: 'accessDenied' }] });
    }
    expect(await reader.dataset('kept').exists()).toEqual([true]);
  });
});
