import diagnostics from 'node:diagnostics_channel';
import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import { getGlobalDispatcher, setGlobalDispatcher, type Dispatcher } from 'undici';

/** How long a system may be silent, in milliseconds. */
export interface OutgoingLimits {
  /** Until an answer begins. Default: 30,000; Node's own is five minutes. */
  headersMs?: number;
  /** Between two parts of an answer. Default: 30,000; Node's own is five minutes. */
  bodyMs?: number;
  /** Requests of the portal to itself have Node's limits: it may wait for other systems before it answers. */
  isOwn?: (origin: URL) => boolean;
}

const defaultLimits = { headersMs: 30_000, bodyMs: 30_000, isOwn: () => false };

/**
 * Gives a limit to every call of another system by code that sets none, Backstage's own above all: by `fetch`, and by
 * `node:http` where the caller brings no agent of its own. Whoever brings one, as our clients do, has thought of limits.
 */
export function limitOutgoingCalls(limits: OutgoingLimits = {}): Disposable {
  const chosen = { ...defaultLimits, ...limits };
  const parts = [limitFetch(chosen), limitRequests(chosen)];
  return { [Symbol.dispose]: () => parts.forEach(part => part[Symbol.dispose]()) };
}

/** Whatever dispatches now, a proxy's for example, goes on to do so. */
function limitFetch({ headersMs, bodyMs, isOwn }: Required<OutgoingLimits>): Disposable {
  const before = getGlobalDispatcher();
  const limits = { headersTimeout: headersMs, bodyTimeout: bodyMs };
  const limited = before.compose(dispatch => (options, handler) => {
    const isOwnCall = isOwn(new URL(String(options.origin)));
    return dispatch(isOwnCall ? options : { ...limits, ...withoutUndefined(options) }, handler);
  });
  setGlobalDispatcher(limited);
  return { [Symbol.dispose]: () => setGlobalDispatcher(before) };
}

function withoutUndefined(options: Dispatcher.DispatchOptions): Dispatcher.DispatchOptions {
  const { headersTimeout, bodyTimeout, ...others } = options;
  return {
    ...others,
    ...(headersTimeout === undefined ? {} : { headersTimeout }),
    ...(bodyTimeout === undefined ? {} : { bodyTimeout }),
  };
}

/** A time limit that a caller has set is kept to: Node only says that it is over, and many callers do not listen. */
function limitRequests({ bodyMs, isOwn }: Required<OutgoingLimits>): Disposable {
  const limit = (message: unknown) => {
    const { request } = message as { request: ClientRequest & { agent?: unknown; timeout?: number } };
    if (request.agent !== http.globalAgent && request.agent !== https.globalAgent) return;
    const address = `${request.protocol}//${String(request.getHeader('host') ?? request.host)}`;
    if (URL.canParse(address) && isOwn(new URL(address))) return;
    if (request.timeout === undefined) request.setTimeout(bodyMs);
    request.once('timeout', () => {
      // Once the answer has begun many callers listen to the answer alone: it ends as one that was cut.
      const isHeard = request.listenerCount('error') > 0;
      request.destroy(isHeard ? new Error('The call of another system timed out (ETIMEDOUT)') : undefined);
    });
  };
  diagnostics.subscribe('http.client.request.start', limit);
  return { [Symbol.dispose]: () => diagnostics.unsubscribe('http.client.request.start', limit) };
}
