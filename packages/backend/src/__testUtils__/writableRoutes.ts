import type { Application } from 'express';

/** What express 4 keeps of a route or a middleware. */
interface Layer {
  handle: { stack?: Layer[] };
  regexp: RegExp & { fast_slash?: boolean };
  route?: { path: string | string[]; methods: Record<string, boolean> };
}

const safeMethods = new Set(['get', 'head', 'options']);

/**
 * Every route of an application that answers another method than GET, HEAD and OPTIONS, and every handler that is mounted
 * under a path and sees all methods (as a proxy does): `POST /api/x/y`, `ALL /api/x/proxy`. Sorted, without repetition.
 *
 * @param options - `isGeneralized` (default) makes one of the routes that Backstage adds to every plugin
 */
export function writableRoutes(application: Application, options = { isGeneralized: true }): string[] {
  const { stack } = (application as unknown as { _router: { stack: Layer[] } })._router;
  const routes = stack
    .flatMap(layer => routesOf(layer, ''))
    .map(route => (options.isGeneralized ? generalize(route) : route));
  return [...new Set(routes)].sort();
}

/** The routes that Backstage adds to every plugin are one: `POST /api/<plugin>/.backstage/…`. */
function generalize(route: string): string {
  return route.replace(/ \/api\/[^/]+\/(\.backstage|\.well-known)\//, ' /api/<plugin>/$1/');
}

function routesOf(layer: Layer, prefix: string): string[] {
  if (layer.route) {
    const { path, methods } = layer.route;
    const unsafe = Object.keys(methods).filter(method => !safeMethods.has(method));
    return [path].flat().flatMap(one => unsafe.map(method => `${methodName(method)} ${prefix}${one}`));
  }
  const path = prefix + mountPath(layer);
  if (layer.handle.stack) {
    return layer.handle.stack.flatMap(inner => routesOf(inner, path));
  }
  return path === prefix ? [] : [`ALL ${path}`];
}

function methodName(method: string): string {
  return method === '_all' ? 'ALL' : method.toUpperCase();
}

/** The path that a middleware was mounted under, from the expression that express made of it. */
function mountPath(layer: Layer): string {
  if (layer.regexp.fast_slash) return '';
  return layer.regexp.source
    .replace(/^\^/, '')
    .replace('\\/?(?=\\/|$)', '')
    .replaceAll('(?:\\/([^/]+?))', '/:parameter')
    .replaceAll('\\', '');
}
