import { listTrackedFiles } from './trackedFiles.mjs';

/** Files that are full of addresses that are not ours. */
const SKIPPED = /^\.yarn\/|\.(png|jpe?g|gif|ico|woff2?|gz|tgz|parquet)$/;

const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])$/;

const RULES = [
  {
    what: 'a path of somebody’s machine',
    applies: () => true,
    find: text => text.match(/(?<![\w/.-])\/(?:home|Users)\/(?!runner\b)[a-z][\w.-]*\/[\w.-]+/),
  },
  {
    what: 'an absolute path into a temporary or working folder',
    applies: path => !/\.(test\.\w+|md)$/.test(path),
    find: text => text.match(/(?<![\w/.-])\/(?:work\/(?:main|shared)|tmp\/[\w-]+)\b/),
  },
  {
    what: 'the address of a package registry',
    applies: path => path === 'yarn.lock' || /(^|\/)\.?(yarnrc\.yml|npmrc)$/.test(path),
    find: text => [...text.matchAll(/https?:\/\/([^/\s"':]+)/g)].find(([, host]) => !LOCAL_HOST.test(host)),
  },
];

/**
 * Nothing that is committed names the machine or the network that it was written on.
 *
 * @param {string} root
 * @returns {{ problems: string[] }}
 */
export function checkTrackedText(root) {
  const problems = [];
  for (const { path, read } of listTrackedFiles(root)) {
    if (SKIPPED.test(path)) continue;
    const text = read();
    for (const { what, applies, find } of RULES) {
      const found = applies(path) && find(text);
      if (found) problems.push(`${path} holds ${what}: ${found[0]}`);
    }
  }
  return { problems };
}
