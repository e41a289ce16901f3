/** What the portal needs of a kubeconfig's context: an address that it can trust, and a token. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * @typedef {object} ClusterAccess
 * @property {string} context
 * @property {string} url without a slash at its end
 * @property {string} [caData] certificate authority, PEM in base64; undefined: those that Node.js trusts
 * @property {boolean} skipTLSVerify
 * @property {string} token secret
 *
 * @typedef {object} LeftOut
 * @property {string} context
 * @property {string} reason why it cannot be used, in words without secrets
 */

/**
 * Files that the context names are read once, here.
 *
 * @param {import('./kubeconfig.mjs').Context} context
 * @param {string} directory what relative paths are relative to
 * @returns {Promise<ClusterAccess | LeftOut>}
 */
export async function readClusterAccess(context, directory) {
  const { name, cluster, user } = context;
  const reason = refusalOfCluster(cluster) ?? refusalOfUser(user);
  if (reason) return { context: name, reason };
  try {
    const token = user.tokenFile ? (await readNamed(directory, user.tokenFile)).toString('utf8').trim() : user.token;
    if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
      return { context: name, reason: 'its token is not one line of plain characters' };
    }
    return {
      context: name,
      url: cluster.server.replace(/\/+$/, ''),
      caData: await readAuthority(cluster, directory),
      skipTLSVerify: cluster['insecure-skip-tls-verify'] === true,
      token,
    };
  } catch (error) {
    if (error.code === undefined) throw error;
    return { context: name, reason: `${error.path ?? 'a file that it names'} cannot be read (${error.code})` };
  }
}

function refusalOfCluster(cluster) {
  if (!cluster) return 'its cluster is not in the file';
  const { server } = cluster;
  if (typeof server !== 'string' || !URL.canParse(server)) return 'its cluster has no valid address';
  const { protocol, username, password } = new URL(server);
  if (protocol !== 'https:') return 'its cluster is not reached by https, which would show the token to the network';
  if (username || password) return 'the address of its cluster holds a password';
  if (cluster['proxy-url']) return 'its cluster is reached through a proxy of its own (proxy-url)';
  if (cluster['tls-server-name']) return 'the certificate of its cluster has another name (tls-server-name)';
  return undefined;
}

/** Whatever else a user holds, a token is enough; except that impersonation would have other rights without it. */
function refusalOfUser(user) {
  if (!user) return 'its user is not in the file';
  if (['as', 'as-uid', 'as-groups', 'as-user-extra'].some(key => user[key])) return 'its user acts as another (as)';
  if (user.token || user.tokenFile) return undefined;
  if (user.exec) return 'its user signs in with a program (exec)';
  if (user['auth-provider']) return 'its user signs in with a plugin of kubectl (auth-provider)';
  if (user['client-certificate'] || user['client-certificate-data']) return 'its user signs in with a certificate';
  if (user.username) return 'its user signs in with a password';
  return 'its user has no token';
}

async function readAuthority(cluster, directory) {
  const data = cluster['certificate-authority-data'];
  if (data) return String(data);
  const file = cluster['certificate-authority'];
  return file ? (await readNamed(directory, file)).toString('base64') : undefined;
}

function readNamed(directory, file) {
  return readFile(resolve(directory, String(file)));
}
