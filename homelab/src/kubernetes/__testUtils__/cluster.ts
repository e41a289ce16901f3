// Helpers of this package's tests: official clients for a cluster, and waiting for a state.
import type { Tokens } from '../handlers/users';
import type { KubernetesHomelab } from '../startKubernetesHomelab';

/** The official client with one of the tokens. */
export async function clientsFor(cluster: KubernetesHomelab, role: keyof Tokens = 'admin') {
  // An ES module, which jest can load only like this.
  const kubernetes = await import('@kubernetes/client-node');
  const { AppsV1Api, AuthorizationV1Api, CoreV1Api } = kubernetes;
  const config = new kubernetes.KubeConfig();
  config.loadFromClusterAndUser(
    { name: cluster.name, server: cluster.url, skipTLSVerify: true },
    { name: role, token: cluster.tokens[role] },
  );
  return {
    config,
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    authorization: config.makeApiClient(AuthorizationV1Api),
    objects: kubernetes.KubernetesObjectApi.makeApiClient(config),
    watch: new kubernetes.Watch(config),
  };
}

/** Waits until a value is there. @throws Error after `timeoutMs`, a minute by default */
export async function eventually<T>(read: () => T | undefined | false, timeoutMs = 60_000): Promise<T> {
  const endsAt = Date.now() + timeoutMs;
  for (;;) {
    const value = read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > endsAt) throw new Error(`not reached within ${timeoutMs} ms: ${read.toString()}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** The plain HTTP answer of a request with one of the tokens, for what clients hide. */
export async function ask(
  cluster: KubernetesHomelab,
  path: string,
  init: RequestInit & { token?: string } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { token = cluster.tokens.admin, headers, ...rest } = init;
  const response = await fetch(`${cluster.url}${path}`, {
    ...rest,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text },
  };
}
