/** The clusters of a kubeconfig in place of the homelab's. */
import { LauncherError } from '../errors.mjs';
import { readClusterAccess } from './clusterAccess.mjs';
import { nameClusters } from './clusterNames.mjs';
import { readKubeconfig } from './kubeconfig.mjs';

const TOKEN_HINT =
  'Give Leitstand a ServiceAccount of its own and put its token into the kubeconfig; docs/clusters.md has the steps:\n' +
  '    kubectl -n leitstand create token leitstand-reader --duration=8760h';

/** Whoever owns something in the homelab owns nothing on real clusters, and nothing is changed there without a reason. */
const DEFAULTS = {
  leitstand: { ownership: [] },
  operations: {
    environments: [{ name: 'production' }],
    policies: [{ environment: 'production', reason: 'required', confirmation: 'required' }],
  },
};

/**
 * @typedef {object} KubernetesOptions
 * @property {string} kubeconfig absolute path
 * @property {string[]} [context] contexts to use; default: all that can be used
 * @property {string[]} [operator-context] contexts whose tokens change things; default: those that read do both. If
 *   given, a cluster without one is only read
 */

/**
 * @param {KubernetesOptions} options
 * @returns {Promise<import('./ownSystems.mjs').OwnSystem>}
 * @throws {LauncherError} `bad-usage`, `kubeconfig-invalid`; `kubeconfig-not-usable` when no cluster is left
 */
export async function configureKubernetes(options) {
  const kubeconfig = await readKubeconfig(options.kubeconfig);
  const operators = await readOperators(kubeconfig, options['operator-context']);
  const { used, leftOut } = await readReaders(kubeconfig, options);
  const unmatched = operators?.find(({ url }) => !used.some(reader => reader.url === url));
  if (unmatched) {
    throw new LauncherError(
      'bad-usage',
      `The operator context ${unmatched.context} is of a cluster that is not read.`,
      {
        hint: 'Name a context that reads the same cluster by --context, or leave --operator-context out.',
      },
    );
  }
  const names = nameClusters(used.map(({ context }) => context));
  const clusters = used.map((reader, index) => ({
    name: names.get(reader.context),
    variable: `LEITSTAND_KUBERNETES_${index + 1}`,
    reader,
    operator: operators ? operators.find(({ url }) => url === reader.url) : reader,
  }));
  return {
    settings: settingsOf(clusters),
    defaults: DEFAULTS,
    environment: Object.fromEntries(clusters.flatMap(tokensOf)),
    summary: clusters.map(describeCluster),
    leftOut: leftOut.map(({ context, reason }) => `context ${context}: ${reason}`),
    hint: leftOut.some(({ token }) => !token) ? TOKEN_HINT : undefined,
  };
}

async function readReaders(kubeconfig, options) {
  const operators = new Set(options['operator-context']);
  const chosen = options.context
    ? findContexts(kubeconfig, options.context)
    : kubeconfig.contexts.filter(({ name }) => !operators.has(name));
  const used = [];
  const leftOut = [];
  for (const context of chosen) {
    const access = await readClusterAccess(context, kubeconfig.directory);
    const same = used.find(({ url }) => url === access.url);
    if (access.reason) leftOut.push(access);
    else if (same) leftOut.push({ ...access, reason: `the same cluster as ${same.context}` });
    else used.push(access);
  }
  if (used.length === 0) throw notUsable(kubeconfig, leftOut);
  return { used, leftOut };
}

/** Who asks for a credential by name gets it, or no start. */
async function readOperators(kubeconfig, names) {
  if (!names) return undefined;
  const contexts = findContexts(kubeconfig, names);
  const accesses = await Promise.all(contexts.map(context => readClusterAccess(context, kubeconfig.directory)));
  const leftOut = accesses.filter(({ reason }) => reason);
  if (leftOut.length > 0) throw notUsable(kubeconfig, leftOut);
  return accesses;
}

function findContexts(kubeconfig, names) {
  return [...new Set(names)].map(name => {
    const context = kubeconfig.contexts.find(candidate => candidate.name === name);
    if (context) return context;
    throw new LauncherError('bad-usage', `There is no context ${name} in ${kubeconfig.file}.`, {
      hint: `It has: ${kubeconfig.contexts.map(candidate => candidate.name).join(', ')}`,
    });
  });
}

function notUsable(kubeconfig, leftOut) {
  const reasons = leftOut.map(({ context, reason }) => `\n    context ${context}: ${reason}`);
  return new LauncherError(
    'kubeconfig-not-usable',
    `What is asked for in ${kubeconfig.file} cannot be used:${reasons.join('') || ' only operator contexts are there'}`,
    { hint: TOKEN_HINT },
  );
}

function settingsOf(clusters) {
  return {
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(({ name, variable, reader }) => ({
            name,
            url: escape(reader.url),
            authProvider: 'serviceAccount',
            serviceAccountToken: `\${${variable}_READER_TOKEN}`,
            skipTLSVerify: reader.skipTLSVerify,
            ...(reader.caData && { caData: escape(reader.caData) }),
          })),
        },
      ],
    },
    operations: {
      upstreams: {
        kubernetes: {
          clusters: clusters
            .filter(({ operator }) => operator)
            .map(({ name, variable }) => ({ name, serviceAccountToken: `\${${variable}_OPERATOR_TOKEN}` })),
        },
      },
    },
  };
}

/** Backstage replaces `${…}` in configuration, and takes `$${` for the two characters themselves. */
function escape(text) {
  return text.replaceAll('${', () => '$${');
}

function tokensOf({ variable, reader, operator }) {
  const reading = [[`${variable}_READER_TOKEN`, reader.token]];
  return operator ? [...reading, [`${variable}_OPERATOR_TOKEN`, operator.token]] : reading;
}

function describeCluster({ name, reader, operator }) {
  const facts = [
    name === reader.context ? '' : `context ${reader.context}`,
    operator ? '' : 'only read',
    operator && operator !== reader ? `changed as ${operator.context}` : '',
    reader.skipTLSVerify ? 'its certificate is not checked' : '',
  ].filter(Boolean);
  return `cluster ${name} at ${reader.url}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`;
}
