import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { projectIdSchema } from '@leitstand/plugin-ml-models-common';

/** How somebody proves to Google who it is; nothing given: application default credentials. */
export interface BigQueryCredentials {
  accessToken?: string;
  keyFile?: string;
  /** Contents of a key file. */
  credentials?: Record<string, unknown>;
}

/** One connection of `mlModels.connections`. */
export interface ConnectionConfig extends BigQueryCredentials {
  name: string;
  /** Billed for queries. */
  projectId: string;
  /** Read. */
  projects: string[];
  location: string;
  /** Without a slash at its end; undefined is Google's. */
  apiEndpoint: string | undefined;
}

/** What a tebibyte costs. */
export interface Price {
  perTebibyte: number;
  currency: string;
}

/** Configuration of the area, as its services use it. */
export interface MlModelsConfig {
  connections: ConnectionConfig[];
  maximumBytesBilled: number;
  price: Price | undefined;
  /** Origins of the services that may be called, by entity reference. */
  servingOrigins: ReadonlyMap<string, string>;
}

const defaultMaximumBytesBilled = 1024 ** 3;

/** @throws InputError naming the key when a value does not fit */
export function readMlModelsConfig(config: Config): MlModelsConfig {
  const section = config.getOptionalConfig('mlModels');
  const connections = (section?.getOptionalConfigArray('connections') ?? []).map(readConnection);
  const twice = connections.find(({ name }, index) => connections.findIndex(other => other.name === name) !== index);
  if (twice) throw new InputError(`mlModels.connections: two have the name ${twice.name}`);
  const price = section?.getOptionalConfig('price');
  return {
    connections,
    maximumBytesBilled: section?.getOptionalNumber('maximumBytesBilled') ?? defaultMaximumBytesBilled,
    price: price && { perTebibyte: price.getNumber('perTebibyte'), currency: price.getString('currency') },
    servingOrigins: new Map((section?.getOptionalConfigArray('serving.allow') ?? []).map(readServing)),
  };
}

/**
 * The connections with the credentials that may change things in place of those that read; one without such credentials
 * is left out.
 *
 * @throws InputError when credentials are given for a connection that `mlModels` does not name
 */
export function readWritableConnections(config: Config): ConnectionConfig[] {
  const { connections } = readMlModelsConfig(config);
  return (config.getOptionalConfigArray('operations.upstreams.bigquery.connections') ?? []).map(entry => {
    const name = entry.getString('name');
    const connection = connections.find(candidate => candidate.name === name);
    if (!connection) {
      throw new InputError(
        `operations.upstreams.bigquery.connections names ${name}, which mlModels.connections does not`,
      );
    }
    const { projectId, projects, location, apiEndpoint } = connection;
    return { name, projectId, projects, location, apiEndpoint, ...readCredentials(entry) };
  });
}

function readServing(entry: Config): [string, string] {
  const origin = entry.getString('origin');
  if (!URL.canParse(origin) || new URL(origin).origin !== origin.replace(/\/$/, '')) {
    throw new InputError(`mlModels.serving.allow: ${origin} is no origin; write it like http://backend-service:3001`);
  }
  return [stringifyEntityRef(parseEntityRef(entry.getString('entityRef'))), new URL(origin).origin];
}

function readConnection(entry: Config): ConnectionConfig {
  const name = entry.getString('name');
  const projectId = entry.getString('projectId');
  const projects = entry.getOptionalStringArray('projects') ?? [projectId];
  for (const project of [projectId, ...projects]) {
    if (!projectIdSchema.safeParse(project).success) {
      throw new InputError(`mlModels.connections: ${project} of ${name} is no project id`);
    }
  }
  const apiEndpoint = entry.getOptionalString('apiEndpoint')?.replace(/\/+$/, '');
  if (apiEndpoint !== undefined && !URL.canParse(apiEndpoint)) {
    throw new InputError(`mlModels.connections: apiEndpoint of ${name} is no address`);
  }
  return { name, projectId, projects, location: entry.getString('location'), apiEndpoint, ...readCredentials(entry) };
}

function readCredentials(entry: Config): BigQueryCredentials {
  const text = entry.getOptionalString('credentials');
  return {
    accessToken: entry.getOptionalString('accessToken'),
    keyFile: entry.getOptionalString('keyFile'),
    credentials: text === undefined ? undefined : parseKey(text, entry.getString('name')),
  };
}

function parseKey(text: string, name: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new InputError(`The credentials of the connection ${name} are no JSON`); // never with the text itself
  }
}
