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
 * @property {Timing[]} timings
 * @property {() => Steps} besides the same for steps that run at the same time as others: their lines are printed at their end
 *
 * @typedef {object} Timing
 * @property {string} name
 * @property {number} startMs from some beginning that all of them share
 * @property {number} durationMs
 * @property {boolean} hasFailed
 */

/**
 * @param {{ out?: { write(text: string): unknown }, now?: () => number }} [options]
 * @returns {Steps}
 */
export function createSteps(options = {}) {
  const out = options.out ?? process.stdout;
  const now = options.now ?? (() => performance.now());
  const timings = [];
  const create = isAlone => ({
    timings,
    say: text => void out.write(`${text}\n`),
    besides: () => create(false),
    async run(name, work) {
      const startMs = now();
      const title = `  ${name} … `;
      if (isAlone) out.write(title);
      let hasFailed = true;
      try {
        const result = await work();
        hasFailed = false;
        return result;
      } finally {
        const durationMs = now() - startMs;
        timings.push({ name, startMs, durationMs, hasFailed });
        out.write(`${isAlone ? '' : title}${hasFailed ? 'failed after ' : ''}${formatSeconds(durationMs)}\n`);
      }
    },
  });
  return create(true);
}
