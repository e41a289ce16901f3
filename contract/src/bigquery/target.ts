import { randomBytes } from 'node:crypto';
import { BigQuery, type BigQueryOptions } from '@google-cloud/bigquery';
import { startBigQueryHomelab } from '@leitstand/homelab';

/** A project that the scenarios run on, and a dataset there that is theirs. */
export interface WarehouseTarget extends AsyncDisposable {
  project: string;
  /** In location EU; the scenarios make it. */
  dataset: string;
  /** The official client with the right to change data. */
  client: BigQuery;
}

/** Id of a project, used with the machine's default credentials. */
const projectVariable = 'LEITSTAND_CONTRACT_BIGQUERY_PROJECT';

function datasetName(): string {
  return `leitstand_contract_${randomBytes(4).toString('hex')}`;
}

async function openHomelab(): Promise<WarehouseTarget> {
  const homelab = await startBigQueryHomelab({ seed: 'empty', durationsMs: { createModel: 0 } });
  const headers = new Headers({ authorization: `Bearer ${homelab.tokens.operator}` });
  // What the client asks of an auth client; its own type comes from a package nested in its own.
  const authClient = { getRequestHeaders: async () => headers } as unknown as BigQueryOptions['authClient'];
  const [project] = homelab.projects;
  const client = new BigQuery({ projectId: project, apiEndpoint: homelab.url, authClient });
  return { project, dataset: datasetName(), client, [Symbol.asyncDispose]: () => homelab.close() };
}

async function openReal(project: string): Promise<WarehouseTarget> {
  const client = new BigQuery({ projectId: project });
  const dataset = datasetName();
  return {
    project,
    dataset,
    client,
    [Symbol.asyncDispose]: async () => {
      await client.dataset(dataset).delete({ force: true });
    },
  };
}

/** Where the scenarios run: always on the homelab, and on a real project that is configured. */
export const targets: { name: string; isConfigured: boolean; open(): Promise<WarehouseTarget> }[] = [
  { name: 'the homelab', isConfigured: true, open: openHomelab },
  {
    name: `a real project (${projectVariable})`,
    isConfigured: Boolean(process.env[projectVariable]),
    open: () => openReal(process.env[projectVariable] ?? ''),
  },
];
