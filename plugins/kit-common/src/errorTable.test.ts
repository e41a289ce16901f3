import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

/** Every closed list of codes: exports named `…ErrorCodes` of the contract packages. */
function listCodes(): string[] {
  const files = readdirSync(join(root, 'plugins'))
    .filter(name => name.endsWith('-common'))
    .flatMap(name => ['errors.ts', 'UpstreamError.ts'].map(file => join(root, 'plugins', name, 'src', file)))
    .filter(file => statSync(file, { throwIfNoEntry: false })?.isFile());
  return files.flatMap(file => {
    const exported = jest.requireActual<Record<string, unknown>>(file);
    return Object.entries(exported).flatMap(([name, value]) =>
      name.endsWith('ErrorCodes') ? (value as string[]) : [],
    );
  });
}

describe('docs/errors.md', () => {
  const rows = readFileSync(join(root, 'docs/errors.md'), 'utf8')
    .split('\n')
    .filter(line => /^\| `[A-Z_]+` \|/.test(line))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );

  it('has one row for every code, and none besides', () => {
    const codes = listCodes();
    expect(codes.length).toBeGreaterThan(20);
    expect(new Set(codes).size).toBe(codes.length);
    expect(rows.map(([code]) => code.replaceAll('`', '')).sort()).toEqual([...codes].sort());
  });

  it('says of each what it means and what to do', () => {
    const thin = rows.filter(([, status, meaning, advice]) => !status || meaning.length < 10 || advice.length < 5);
    expect(thin).toEqual([]);
  });
});
