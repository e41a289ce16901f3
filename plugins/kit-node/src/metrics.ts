import { metrics, type Counter, type Histogram, type ObservableGauge } from '@opentelemetry/api';
import { RecentTally } from './RecentTally';

/** One call of another system that ended. Every text becomes a label: few values, and nothing secret. */
export interface UpstreamCall {
  /** Kind of system, for example `kubernetes`. */
  system: string;
  /** Which one of that kind, by its name in the configuration. */
  connection: string;
  /** What was asked, without whose, for example `list pods`. */
  operation: string;
  /** `ok`, `aborted`, or the code of the error. */
  result: string;
  seconds: number;
}

/** Name under which everything of Leitstand is measured. */
const meterName = 'leitstand';

const upstreamBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

let calls: Histogram | undefined;
let answers: Counter | undefined;

// The portal shows these whether metrics are collected or not.
const recentCalls = new RecentTally();
const recentAnswers = new RecentTally();

/**
 * Puts a call into `leitstand.upstream.call.duration`, a histogram of seconds by system, connection, operation and result,
 * and into {@link readRecentFigures}.
 */
export function recordUpstreamCall({ seconds, ...attributes }: UpstreamCall): void {
  calls ??= metrics.getMeter(meterName).createHistogram('leitstand.upstream.call.duration', {
    description: 'Calls of other systems',
    unit: 's',
    advice: { explicitBucketBoundaries: upstreamBuckets },
  });
  calls.record(seconds, { ...attributes });
  const { system, connection, result } = attributes;
  if (result === 'aborted') return;
  recentCalls.add(JSON.stringify([system, connection]), { [result === 'ok' ? 'ok' : 'failed']: 1, seconds });
}

/** Counts an answer of a cache in `leitstand.cache.answers`, by cache and answer, and in {@link readRecentFigures}. */
export function recordCacheAnswer(cache: string, answer: 'hit' | 'miss' | 'stale'): void {
  answers ??= metrics.getMeter(meterName).createCounter('leitstand.cache.answers', {
    description:
      'Answers of caches: upstream was spared (hit), asked (miss), or failed and the last answer did (stale)',
  });
  answers.add(1, { cache, answer });
  recentAnswers.add(cache, { [answer]: 1 });
}

/** What this process did lately. */
export interface RecentFigures {
  /** How far back they go, in milliseconds. */
  windowMs: number;
  /** `failedCount`: with any code; a call that whoever asked gave up is in neither. */
  calls: { system: string; connection: string; okCount: number; failedCount: number; meanMs: number }[];
  caches: { cache: string; hitCount: number; missCount: number; staleCount: number }[];
}

/** Calls and answers of the last ten minutes, in memory. */
export function readRecentFigures(): RecentFigures {
  return {
    windowMs: recentCalls.windowMs,
    calls: [...recentCalls.read()].map(([key, { ok = 0, failed = 0, seconds }]) => {
      const [system, connection] = JSON.parse(key) as [string, string];
      const meanMs = Math.round((seconds * 1000) / (ok + failed));
      return { system, connection, okCount: ok, failedCount: failed, meanMs };
    }),
    caches: [...recentAnswers.read()].map(([cache, { hit = 0, miss = 0, stale = 0 }]) => ({
      ...{ cache, hitCount: hit, missCount: miss, staleCount: stale },
    })),
  };
}

/** A value that is looked up whenever metrics are collected. */
export interface ObservedGauge {
  name: string;
  description: string;
  unit?: string;
  /** The values and the labels of each. One that fails leaves the metric out of that collection. */
  read(): Promise<{ value: number; attributes: Record<string, string> }[]>;
}

/** Offers a gauge until the returned handle is disposed of. */
export function observeGauge({ name, description, unit, read }: ObservedGauge): Disposable {
  const gauge: ObservableGauge = metrics.getMeter(meterName).createObservableGauge(name, { description, unit });
  const observe: Parameters<ObservableGauge['addCallback']>[0] = async result => {
    for (const { value, attributes } of await read()) result.observe(value, attributes);
  };
  gauge.addCallback(observe);
  return { [Symbol.dispose]: () => gauge.removeCallback(observe) };
}
