import type { Config } from '@backstage/config';
import { readCatalogConfig, type CatalogConfig } from './catalog/catalogConfig';
import { matchesPattern } from './model/namespacePatterns';

/** How one cluster is reached, and with which token. */
export interface ClusterConfig {
  name: string;
  url: string;
  /** Undefined where Google's credentials are used. */
  serviceAccountToken?: string;
  /** For `googleServiceAccount`: those of the configuration, or the server's own (application default credentials). */
  google?: { credentials?: Record<string, unknown> };
  /** Of credentials for operating: the namespaces in which they have their rights, where that is not the whole cluster. */
  namespaces?: string[];
  /** Certificate authority in PEM, base64 encoded. */
  caData?: string;
  caFile?: string;
  skipTLSVerify: boolean;
}

/** A cluster, or a way to find clusters, that the configuration names and Leitstand does not use. */
export interface ClusterNotRead {
  name: string;
  reason: string;
}

/** Configuration of the area, as its services use it. */
export interface RolloutsConfig {
  /** Clusters with read-only credentials. */
  clusters: ClusterConfig[];
  notRead: ClusterNotRead[];
  /** Patterns of namespaces that are left out of lists and catalogue; a `*` at an end stands for anything. */
  excludedNamespaces: string[];
  catalog: CatalogConfig;
}

/** @throws when a value has the wrong type */
export function readRolloutsConfig(config: Config): RolloutsConfig {
  const clusters = new Map<string, ClusterConfig>();
  const notRead: ClusterNotRead[] = [];
  const google = readGoogleCredentials(config);
  for (const locator of config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []) {
    const type = locator.getString('type');
    if (type !== 'config') {
      notRead.push({
        name: `cluster locator ${type}`,
        reason: `Clusters found by a locator of type ${type} are not read; name the cluster in a locator of type config.`,
      });
      continue;
    }
    for (const entry of locator.getOptionalConfigArray('clusters') ?? []) {
      const name = entry.getString('name');
      const reason = clusters.has(name) ? 'Another cluster has the same name.' : refusalOf(entry, google);
      if (reason) notRead.push({ name, reason });
      else clusters.set(name, readCluster(entry, google));
    }
  }
  return {
    clusters: [...clusters.values()],
    notRead,
    excludedNamespaces: config.getOptionalStringArray('rollouts.namespaces.exclude') ?? ['kube-*'],
    catalog: readCatalogConfig(config),
  };
}

/**
 * The clusters of `kubernetes:` with the credentials that may change things in place of those that read.
 * A cluster without such credentials is left out.
 *
 * @throws when credentials are given for a cluster that `kubernetes:` does not name
 */
export function readWritableClusters(config: Config): ClusterConfig[] {
  const { clusters, notRead } = readRolloutsConfig(config);
  return (config.getOptionalConfigArray('operations.upstreams.kubernetes.clusters') ?? []).flatMap(entry => {
    const name = entry.getString('name');
    const cluster = clusters.find(candidate => candidate.name === name);
    if (cluster) {
      const serviceAccountToken = entry.getString('serviceAccountToken');
      const namespaces = entry.getOptionalStringArray('namespaces');
      return [{ ...cluster, google: undefined, serviceAccountToken, ...(namespaces ? { namespaces } : {}) }];
    }
    if (notRead.some(candidate => candidate.name === name)) return [];
    throw new Error(
      `operations.upstreams.kubernetes.clusters names ${name}, which kubernetes.clusterLocatorMethods does not`,
    );
  });
}

/** Whether a namespace fits one of the patterns. */
export function isExcluded(namespace: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => matchesPattern(namespace, pattern));
}

/** Undefined: they are no JSON. */
type GoogleCredentials = { credentials?: Record<string, unknown> } | undefined;

/** The key that Backstage's Kubernetes plugin reads: the JSON of a service account's key file. */
function readGoogleCredentials(config: Config): GoogleCredentials {
  const text = config.getOptionalString('kubernetes.googleServiceAccountCredentials');
  if (!text) return {};
  try {
    return { credentials: JSON.parse(text) as Record<string, unknown> };
  } catch {
    return undefined; // the reason of the clusters that need it says so
  }
}

function readCluster(entry: Config, google: GoogleCredentials): ClusterConfig {
  const isGoogle = entry.getString('authProvider') === 'googleServiceAccount';
  return {
    name: entry.getString('name'),
    url: entry.getString('url').replace(/\/+$/, ''),
    ...(isGoogle ? { google } : { serviceAccountToken: entry.getString('serviceAccountToken') }),
    caData: entry.getOptionalString('caData'),
    caFile: entry.getOptionalString('caFile'),
    skipTLSVerify: entry.getOptionalBoolean('skipTLSVerify') ?? false,
  };
}

/** Why a cluster cannot be read, in words; undefined where it can. */
function refusalOf(entry: Config, google: GoogleCredentials): string | undefined {
  const provider = entry.getOptionalString('authProvider') ?? 'none given';
  if (provider === 'googleServiceAccount') {
    if (!google) return 'kubernetes.googleServiceAccountCredentials is no JSON.';
  } else if (provider !== 'serviceAccount') {
    return `The authentication (${provider}) is not supported; use serviceAccount with a token, or googleServiceAccount.`;
  } else if (!entry.getOptionalString('serviceAccountToken')) {
    return 'serviceAccountToken is missing.';
  }
  const url = entry.getString('url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return 'url is not an http or https address.';
  if (new URL(url).protocol === 'http:' && !entry.getOptionalBoolean('skipTLSVerify')) {
    return 'url is plain http, which would show the token to the network; use https, or set skipTLSVerify on loopback.';
  }
  return undefined;
}
