/** Whether a namespace fits a pattern; a `*` at its beginning or end stands for anything. */
export function matchesPattern(namespace: string, pattern: string): boolean {
  if (pattern === '*') return true;
  if (pattern.endsWith('*')) return namespace.startsWith(pattern.slice(0, -1));
  if (pattern.startsWith('*')) return namespace.endsWith(pattern.slice(1));
  return namespace === pattern;
}
