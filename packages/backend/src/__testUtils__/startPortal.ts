import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { createBackend } from '@backstage/backend-defaults';
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigSources } from '@backstage/config-loader';
import {
  clusterEnvironment,
  clusterNames,
  gitEnvironment,
  signIn,
  startBigQueryHomelab,
  startGitHomelab,
  startKubernetesHomelab,
  startOidcHomelab,
  type BigQueryHomelab,
  type GitHomelab,
  type KubernetesHomelab,
  type OidcHomelab,
} from '@leitstand/homelab';
import type { Application } from 'express';
import { createHttpRouterFeature } from '../closedRoutes';
import { loadFeatures } from '../features';
import { createRootLoggerFeature } from '../logging/rootLogger';
import { limitOutgoingCallsFeature } from '../outgoing/limitOutgoingCallsFeature';
import { rootHealthFeature } from '../rootHealth';
import { findFreePort } from './findFreePort';
import { letFetchSeeLimits } from './letFetchSeeLimits';
import { quietEventsFactory } from './quietEventsFactory';
import { until } from './until';

const repositoryRoot = resolve(__dirname, '../../../..');

/** A running server with everything that it stands in front of. */
export interface Portal extends AsyncDisposable {
  url: string;
  /** The cluster that the server reads and changes. */
  cluster: KubernetesHomelab;
  /** Where the models are. */
  warehouse: BigQueryHomelab;
  /** Where templates publish. */
  git: GitHomelab;
  /** Where people sign in. */
  oidc: OidcHomelab;
  /** The express application, for looking at its routes. */
  application: Application;
  /** Signs in as a demo user or `guest`, over HTTP; the token is kept for later calls. */
  tokenOf(user: string): Promise<string>;
  /** Calls a route of the server as a user. */
  fetchAs(user: string, path: string, init?: RequestInit): Promise<Response>;
}

/** What a test adds to the real configuration. */
export interface PortalOptions {
  /** Files with templates. */
  templates?: string[];
  /** Configuration after the real files'; a list takes the place of the list before. */
  config?: object;
  /** Where the log goes. Default: nowhere. */
  log?: Writable;
  /** Called when the systems are there and the server is not. */
  beforeStart?(systems: Pick<Portal, 'cluster' | 'warehouse' | 'git' | 'oidc'>): Promise<void>;
}

/**
 * Starts the real list of features with the real configuration files, in front of the homelab's systems, with SQLite in a
 * temporary folder. Without the log, unless a test asks for it.
 */
export async function startPortal(options: PortalOptions = {}): Promise<Portal> {
  const stack = new AsyncDisposableStack();
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const state = await mkdtemp(join(tmpdir(), 'leitstand-backend-'));
  stack.defer(() => rm(state, { recursive: true, force: true }));
  const cluster = stack.use(await startKubernetesHomelab());
  const [first, ...others] = clusterNames;
  const environment = clusterEnvironment(cluster, first);
  for (const name of others) {
    const other = stack.use(await startKubernetesHomelab({ name, seed: 'empty' }));
    Object.assign(environment, clusterEnvironment(other, name));
  }
  const oidc = stack.use(await startOidcHomelab({ portalUrl: url }));
  const git = stack.use(await startGitHomelab({ directory: join(state, 'git') }));
  const warehouse = stack.use(await startBigQueryHomelab({ seed: 'empty' }));
  const variables = {
    LEITSTAND_PORT: String(port),
    LEITSTAND_STATE: state,
    ...environment,
    ...gitEnvironment(git),
    HOMELAB_BIGQUERY_URL: warehouse.url,
    HOMELAB_BIGQUERY_READER_TOKEN: warehouse.tokens.reader,
    HOMELAB_BIGQUERY_OPERATOR_TOKEN: warehouse.tokens.operator,
    HOMELAB_WEATHER_URL: 'http://weather.invalid',
    HOMELAB_OIDC_METADATA_URL: oidc.metadataUrl,
    HOMELAB_OIDC_CLIENT_ID: oidc.clientId,
    HOMELAB_OIDC_CLIENT_SECRET: oidc.clientSecret,
  };
  const config = await readConfig(variables, await writeConfig(state, options));
  // File locations of the configuration are relative to the directory that the server is started in.
  const startDirectory = process.cwd();
  process.chdir(repositoryRoot);
  stack.defer(() => process.chdir(startDirectory));

  let application: Application | undefined;
  const backend = createBackend();
  backend.add(createServiceFactory({ service: coreServices.rootConfig, deps: {}, factory: () => config }));
  backend.add(options.log ? createRootLoggerFeature(options.log) : mockServices.rootLogger.factory({ level: 'none' }));
  backend.add(
    createHttpRouterFeature(app => {
      application = app;
    }),
  );
  backend.add(rootHealthFeature);
  backend.add(limitOutgoingCallsFeature);
  backend.add(quietEventsFactory);
  loadFeatures().forEach(feature => backend.add(feature));
  await options.beforeStart?.({ cluster, warehouse, git, oidc });
  await backend.start();
  stack.defer(() => backend.stop());
  stack.use(letFetchSeeLimits());
  if (!application) throw new Error('The server started without its HTTP router');

  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (user: string) => {
    const token = tokens.get(user) ?? signIn({ portalUrl: url, user });
    tokens.set(user, token);
    return token;
  };
  const fetchAs: Portal['fetchAs'] = async (user, path, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${await tokenOf(user)}`);
    return fetch(`${url}${path}`, { ...init, headers });
  };
  await waitForPeople(url);
  return {
    url,
    cluster,
    warehouse,
    git,
    oidc,
    application,
    tokenOf,
    fetchAs,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Nobody but the guest can sign in before the catalogue has read who there is. */
async function waitForPeople(portalUrl: string): Promise<void> {
  const authorization = `Bearer ${await signIn({ portalUrl, user: 'guest' })}`;
  const people = ['guest', 'viewer', 'operator', 'admin', 'bystander'];
  const isKnown = async (name: string) =>
    (await fetch(`${portalUrl}/api/catalog/entities/by-name/user/default/${name}`, { headers: { authorization } })).ok;
  await until(async () => (await Promise.all(people.map(isKnown))).every(Boolean));
}

/** Configuration files of a test. @returns their paths */
async function writeConfig(directory: string, { templates = [], config }: PortalOptions): Promise<string[]> {
  const files: string[] = [];
  const write = async (name: string, content: object) => {
    files.push(join(directory, name));
    await writeFile(join(directory, name), JSON.stringify(content));
  };
  if (templates.length > 0)
    await write('app-config.templates.yaml', { catalog: { locations: locationsOf(templates) } });
  if (config) await write('app-config.test.yaml', config);
  return files;
}

/** With the people, for a list takes the place of the list before. */
function locationsOf(templates: string[]) {
  const organization = join(repositoryRoot, 'homelab/catalog/organization.yaml');
  return [
    { type: 'file', target: organization, rules: [{ allow: ['User', 'Group'] }] },
    ...templates.map(target => ({ type: 'file', target, rules: [{ allow: ['Template'] }] })),
  ];
}

async function readConfig(environment: Record<string, string>, furtherFiles: string[]) {
  const files = ['app-config.yaml', 'app-config.homelab.yaml'].map(file => join(repositoryRoot, file));
  const source = ConfigSources.default({
    rootDir: repositoryRoot,
    argv: [...files, ...furtherFiles].flatMap(file => ['--config', file]),
    env: {},
    substitutionFunc: async name => environment[name],
  });
  const config = await ConfigSources.toConfig(source);
  config.close();
  return config;
}
