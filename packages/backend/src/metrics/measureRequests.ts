import { metrics, type Histogram } from '@opentelemetry/api';
import type { RequestHandler } from 'express';

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** `/api/<plugin>`, or `/` for everything that the browser application is made of: few, as labels should be. */
function routeOf(path: string): string {
  const [, plugin] = /^\/api\/([a-z][a-z0-9-]{0,40})(?:\/|$)/.exec(path) ?? [];
  return plugin ? `/api/${plugin}` : '/';
}

/**
 * Measures every request in `http.server.request.duration`, seconds until its answer is complete: an event stream counts
 * when it ends ({@link https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ | the name is OpenTelemetry's}).
 */
export function measureRequests(): RequestHandler {
  let durations: Histogram | undefined;
  return (request, response, next) => {
    const startedAt = performance.now();
    const { method, path } = request;
    response.once('close', () => {
      durations ??= metrics.getMeter('leitstand').createHistogram('http.server.request.duration', {
        description: 'Requests to this server',
        unit: 's',
        advice: { explicitBucketBoundaries: buckets },
      });
      durations.record((performance.now() - startedAt) / 1000, {
        'http.request.method': method,
        'http.route': routeOf(path),
        'http.response.status_code': response.statusCode,
      });
    });
    next();
  };
}
