import { errorCodeOf, UpstreamError, type UpstreamErrorCode } from '@leitstand/plugin-kit-common';

/** What was asked of a cluster; gives every error its words. */
export interface KubernetesCall {
  cluster: string;
  /** As in a ClusterRole: get, list, watch, patch, create, delete. */
  verb: string;
  /** Plural name of the resource, for example `deployments`. */
  resource: string;
  /** API group; empty for the core group. */
  group: string;
  namespace?: string;
  name?: string;
}

/** `patch deployments microservices/backend` */
function describeCall(call: KubernetesCall): string {
  const object = [call.namespace, call.name].filter(Boolean).join('/');
  return [call.verb, call.resource, object].filter(Boolean).join(' ');
}

/**
 * The error for an HTTP status that is not 2xx. The upstream's own text is left out: it can quote objects.
 *
 * @param refusal - which rule of the cluster stands against it, if one does
 *
 * Source: {@link https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#http-status-codes}
 */
export function errorOfStatus(call: KubernetesCall, status: number, refusal?: string): UpstreamError {
  const [code, words]: [UpstreamErrorCode, string] = refusal
    ? ['UPSTREAM_REFUSED', `it refused to ${describeCall(call)}: ${refusal}.`]
    : explainStatus(call, status);
  return new UpstreamError(`Cluster ${call.cluster}: ${words}`, {
    code,
    system: call.cluster,
    operation: describeCall(call),
    upstreamStatus: status,
  });
}

function explainStatus(call: KubernetesCall, status: number): [UpstreamErrorCode, string] {
  const asked = describeCall(call);
  switch (status) {
    case 401:
      return [
        'UPSTREAM_UNAUTHENTICATED',
        'it does not accept the configured token. Check that the token has not expired.',
      ];
    case 403: {
      const group = call.group ? ` of API group ${call.group}` : '';
      return [
        'UPSTREAM_FORBIDDEN',
        `the configured service account may not ${asked}. Give it the verb "${call.verb}" on "${call.resource}"${group}.`,
      ];
    }
    case 404:
      return ['UPSTREAM_NOT_FOUND', `there is no such object (${asked}).`];
    case 409:
      return ['UPSTREAM_CONFLICT', `the object was changed by somebody else meanwhile (${asked}). Try again.`];
    case 410:
      return ['UPSTREAM_CONFLICT', `the requested version is too old (${asked}).`];
    case 429:
      return ['UPSTREAM_THROTTLED', `it asks for fewer requests (${asked}). Try again in a moment.`];
    default:
      return status >= 500
        ? ['UPSTREAM_FAILED', `it answered status ${status} (${asked}). Try again in a moment.`]
        : ['UPSTREAM_REFUSED', `it refused to ${asked} (status ${status}).`];
  }
}

/** The cluster did not answer within the time given. */
export function timeoutError(call: KubernetesCall, timeoutMs: number): UpstreamError {
  return new UpstreamError(
    `Cluster ${call.cluster}: no answer within ${timeoutMs / 1000} s (${describeCall(call)}). Try again in a moment.`,
    { code: 'UPSTREAM_TIMEOUT', system: call.cluster, operation: describeCall(call) },
  );
}

/** The connection could not be made, or broke. */
export function connectionError(call: KubernetesCall, cause: unknown): UpstreamError {
  const code = errorCodeOf(cause);
  return new UpstreamError(
    `Cluster ${call.cluster}: it cannot be reached${code ? ` (${code})` : ''}. Check its address, certificate and network.`,
    { code: 'UPSTREAM_UNREACHABLE', system: call.cluster, operation: describeCall(call), cause },
  );
}

/** Google gave no access token. The library's own text is left out: it can quote credentials. */
export function googleTokenError(call: KubernetesCall, cause: unknown): UpstreamError {
  return new UpstreamError(
    `Cluster ${call.cluster}: Google gave no access token. Check kubernetes.googleServiceAccountCredentials, or the application default credentials of the server.`,
    { code: 'UPSTREAM_UNAUTHENTICATED', system: call.cluster, operation: describeCall(call), cause },
  );
}

/** The answer is not what Kubernetes answers. */
export function unreadableError(call: KubernetesCall, cause: unknown): UpstreamError {
  return new UpstreamError(
    `Cluster ${call.cluster}: its answer could not be understood (${describeCall(call)}). Check that the address is that of a Kubernetes API server.`,
    { code: 'UPSTREAM_UNREADABLE', system: call.cluster, operation: describeCall(call), cause },
  );
}

/** Whether a list or watch must start again because its version is no longer kept (HTTP 410, or a watch's ERROR of code 410). */
export function isExpiredVersion(error: unknown): boolean {
  return error instanceof UpstreamError && error.upstreamStatus === 410;
}
