import type { Server } from 'node:http';
import type { LifecycleService, RootLifecycleService } from '@backstage/backend-plugin-api';
import type { RequestHandler } from 'express';

/** How long requests that are under way may take once the plugins have ended, in milliseconds. */
const graceMs = 5_000;

/** What a server is closed with. */
export interface DrainOptions {
  server: Server;
  /** The root's; Backstage's type for it leaves out that it tells before plugins end. */
  lifecycle: RootLifecycleService | LifecycleService;
  /** Default: 5 seconds. */
  graceMs?: number;
}

/**
 * Ends a server's connections in good order. From the moment that readiness says 503 each reply closes its connection, so
 * that a proxy does not send the next request down one that is about to end. When the plugins have ended, whatever still
 * holds a connection has `graceMs`: the event bus of Backstage's own plugins alone would hold one for most of a minute.
 *
 * @returns goes in front of all routes
 */
export function drainConnections(options: DrainOptions): RequestHandler {
  let isDraining = false;
  const { server, lifecycle } = options;
  if ('addBeforeShutdownHook' in lifecycle) {
    lifecycle.addBeforeShutdownHook(() => {
      isDraining = true;
    });
  }
  lifecycle.addShutdownHook(() => {
    isDraining = true;
    const timer = setTimeout(() => server.closeAllConnections(), options.graceMs ?? graceMs);
    server.once('close', () => clearTimeout(timer));
  });
  return (_request, response, next) => {
    if (isDraining) response.setHeader('connection', 'close');
    next();
  };
}
