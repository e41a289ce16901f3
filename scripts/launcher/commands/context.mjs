/**
 * What every command is given.
 *
 * @typedef {object} CommandContext
 * @property {import('../commandLine.mjs').CommandLine} commandLine
 * @property {import('../steps.mjs').Steps} steps
 * @property {AbortSignal} signal aborted by Ctrl-C
 */
export {};
