import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Where metrics are to be had. */
export interface MetricsEndpoint extends AsyncDisposable {
  /** Of the Prometheus text format. */
  url: string;
}

/** How finely the event loop is watched. */
const eventLoopResolutionMs = 10;

/**
 * Collects metrics and offers them on a port of their own, if `OTEL_METRICS_EXPORTER` is `prometheus`. To be called before
 * anything measures: what was made earlier measures nothing.
 *
 * Address by `OTEL_EXPORTER_PROMETHEUS_HOST`, default `127.0.0.1`, and `OTEL_EXPORTER_PROMETHEUS_PORT`, default 9464
 * ({@link https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ | the names are OpenTelemetry's}).
 *
 * @returns undefined where no metrics are asked for
 * @throws the system's error when the port is taken
 */
export async function startMetrics(environment: NodeJS.ProcessEnv): Promise<MetricsEndpoint | undefined> {
  if (environment.OTEL_METRICS_EXPORTER !== 'prometheus') return undefined;
  const { api, metrics, resources } = await import('@opentelemetry/sdk-node');
  const { PrometheusExporter } = await import('@opentelemetry/exporter-prometheus');
  const host = environment.OTEL_EXPORTER_PROMETHEUS_HOST ?? '127.0.0.1';
  const port = Number(environment.OTEL_EXPORTER_PROMETHEUS_PORT ?? 9464);
  const exporter = new PrometheusExporter({ host, port, preventServerStart: true });
  await exporter.startServer();
  const provider = new metrics.MeterProvider({
    resource: resources.resourceFromAttributes({ 'service.name': environment.OTEL_SERVICE_NAME ?? 'leitstand' }),
    readers: [exporter],
  });
  api.metrics.setGlobalMeterProvider(provider);
  const eventLoop = observeEventLoop(provider.getMeter('leitstand'));
  return {
    url: `http://${host}:${port}/metrics`,
    async [Symbol.asyncDispose]() {
      eventLoop[Symbol.dispose]();
      api.metrics.disable();
      await provider.shutdown();
    },
  };
}

/** Names of {@link https://opentelemetry.io/docs/specs/semconv/runtime/nodejs-metrics/ | the semantic conventions}. */
function observeEventLoop(
  meter: ReturnType<typeof import('@opentelemetry/sdk-node').api.metrics.getMeter>,
): Disposable {
  const histogram = monitorEventLoopDelay({ resolution: eventLoopResolutionMs });
  histogram.enable();
  // Node counts the whole time between two looks; what is late is the rest. Before the first look there is no number.
  const inSeconds = (nanoseconds: number) => Math.max(0, (nanoseconds || 0) / 1e9 - eventLoopResolutionMs / 1000);
  const [p50, p99, max] = ['p50', 'p99', 'max'].map(what =>
    meter.createObservableGauge(`nodejs.eventloop.delay.${what}`, {
      unit: 's',
      description: 'How much later than asked the event loop came round, since the collection before',
    }),
  );
  meter.addBatchObservableCallback(
    result => {
      result.observe(p50, inSeconds(histogram.percentile(50)));
      result.observe(p99, inSeconds(histogram.percentile(99)));
      result.observe(max, inSeconds(histogram.max));
      histogram.reset();
    },
    [p50, p99, max],
  );
  return { [Symbol.dispose]: () => histogram.disable() };
}
