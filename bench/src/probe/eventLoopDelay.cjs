/*
 * Required into a process under measurement. On SIGUSR2 it writes the event-loop delay since the last signal, in
 * milliseconds, to the file of LEITSTAND_BENCH_EVENT_LOOP.
 */
const { renameSync, writeFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

const resolutionMs = 10;
const file = process.env.LEITSTAND_BENCH_EVENT_LOOP;

if (isMainThread && file) {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  process.on('SIGUSR2', () => {
    // What is recorded is the time between two ticks of the monitor's timer.
    const delayMs = nanoseconds => Math.max(0, nanoseconds / 1e6 - resolutionMs);
    const figures = {
      p50Ms: delayMs(histogram.percentile(50)),
      p99Ms: delayMs(histogram.percentile(99)),
      maxMs: delayMs(histogram.max),
    };
    histogram.reset();
    writeFileSync(`${file}.new`, JSON.stringify(figures));
    renameSync(`${file}.new`, file);
  });
}
