import { countLines, listTrackedFiles } from './trackedFiles.mjs';

/** House style: a longer source file needs a decision record or a header that says that it is generated. */
export const LINE_LIMIT_COUNT = 500;

const SOURCE_FILE = /\.(ts|tsx|mts|js|cjs|mjs)$/;
const GENERATED_HEADER = /^\/[/*].*\bgenerated\b/i;

/**
 * @param {string} root
 * @returns {{ problems: string[] }} one line for each source file that is too long
 */
export function checkFileSizes(root) {
  const problems = [];
  for (const { path, read } of listTrackedFiles(root)) {
    if (!SOURCE_FILE.test(path) || path.startsWith('.yarn/')) continue;
    const text = read();
    const lineCount = countLines(text);
    if (lineCount > LINE_LIMIT_COUNT && !GENERATED_HEADER.test(text)) {
      problems.push(`${path} has ${lineCount} lines; the limit is ${LINE_LIMIT_COUNT}. Split it by concept.`);
    }
  }
  return { problems };
}
