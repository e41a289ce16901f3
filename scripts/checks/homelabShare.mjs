import { countLines, listTrackedFiles } from './trackedFiles.mjs';

/** The homelab is a means: its source stays under half of the product's. */
const SHARE_LIMIT = 0.5;

/** Lines of TypeScript without tests, on both sides. */
function isSource(path) {
  return /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !/(^|\/)(__testUtils__|testing|dist)\//.test(path);
}

/**
 * @param {string} root
 * @returns {{ note: string, problems: string[] }}
 */
export function checkHomelabShare(root) {
  const lines = { homelab: 0, product: 0 };
  for (const { path, read } of listTrackedFiles(root)) {
    const side = /^homelab\//.test(path) ? 'homelab' : /^(packages|plugins)\//.test(path) ? 'product' : undefined;
    if (side && isSource(path)) lines[side] += countLines(read());
  }
  const share = lines.product === 0 ? 0 : lines.homelab / lines.product;
  const note = `homelab's share of source: ${Math.round(share * 100)} % (${lines.homelab} of ${lines.product} lines)`;
  return { note, problems: share >= SHARE_LIMIT ? [`${note}; the limit is ${SHARE_LIMIT * 100} %.`] : [] };
}
