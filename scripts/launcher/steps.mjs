/** One line per step: its name, and how long it took. */

/**
 * @param {number} milliseconds
 * @returns {string} for example "12.3 s"
 */
export function formatSeconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * @typedef {object} Steps
 * @property {<T>(name: string, work: () => Promise<T> | T) => Promise<T>} run prints the line; rethrows what `work` throws
 * @property {(text: string) => void} say prints a line of its own
 * @property {{ name: string, durationMs: number, hasFailed: boolean }[]} timings
 */

/**
 * @param {{ out?: { write(text: string): unknown }, now?: () => number }} [options]
 * @returns {Steps}
 */
export function createSteps(options = {}) {
  const out = options.out ?? process.stdout;
  const now = options.now ?? (() => performance.now());
  const timings = [];
  return {
    timings,
    say: text => void out.write(`${text}\n`),
    async run(name, work) {
      const start = now();
      out.write(`  ${name} … `);
      let hasFailed = true;
      try {
        const result = await work();
        hasFailed = false;
        return result;
      } finally {
        const durationMs = now() - start;
        timings.push({ name, durationMs, hasFailed });
        out.write(`${hasFailed ? 'failed after ' : ''}${formatSeconds(durationMs)}\n`);
      }
    },
  };
}
