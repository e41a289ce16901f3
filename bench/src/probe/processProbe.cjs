/*
 * Required into a process under measurement. On SIGUSR2 it writes to the file of LEITSTAND_BENCH_PROBE: the event-loop
 * delay since the last signal in milliseconds, and the memory in bytes after a collection of what nobody needs any more.
 */
const { renameSync, writeFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

const resolutionMs = 10;
const file = process.env.LEITSTAND_BENCH_PROBE;

if (isMainThread && file) {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc');
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  process.on('SIGUSR2', () => {
    // What is recorded is the time between two ticks of the monitor's timer.
    const delayMs = nanoseconds => Math.max(0, nanoseconds / 1e6 - resolutionMs);
    const delay = {
      p50Ms: delayMs(histogram.percentile(50)),
      p99Ms: delayMs(histogram.percentile(99)),
      maxMs: delayMs(histogram.max),
    };
    collectGarbage();
    const { rss: residentBytes, heapUsed: heapBytes } = process.memoryUsage();
    histogram.reset(); // the collection is ours
    writeFileSync(`${file}.new`, JSON.stringify({ delay, memory: { residentBytes, heapBytes } }));
    renameSync(`${file}.new`, file);
  });
}
