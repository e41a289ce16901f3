import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { hashFiles, walkFiles } from './contentHash.mjs';
import { temporaryDirectory } from './temporaryDirectory.mjs';

const directory = temporaryDirectory();
const a = join(directory, 'a.ts');
const b = join(directory, 'sub', 'b.ts');
mkdirSync(join(directory, 'sub', 'node_modules'), { recursive: true });
mkdirSync(join(directory, 'dist'));
writeFileSync(a, 'a');
writeFileSync(b, 'b');
writeFileSync(join(directory, 'sub', 'node_modules', 'c.ts'), 'c');
writeFileSync(join(directory, 'dist', 'd.ts'), 'd');

describe('walkFiles', () => {
  it('lists sources and leaves out what builds and installs leave behind', async () => {
    const found = [];
    for await (const file of walkFiles(directory)) found.push(relative(directory, file));
    assert.deepEqual(found.sort(), ['a.ts', join('sub', 'b.ts')]);
  });
});

describe('hashFiles', () => {
  it('depends on names, contents, absence and extras, and not on the order', async () => {
    const base = await hashFiles(directory, [a, b]);
    assert.equal(await hashFiles(directory, [b, a]), base);
    const others = [await hashFiles(directory, [a]), await hashFiles(directory, [a, b], ['v2'])];
    writeFileSync(b, 'bb');
    others.push(await hashFiles(directory, [a, b]));
    rmSync(b);
    others.push(await hashFiles(directory, [a, b]));
    assert.equal(new Set([base, ...others]).size, 5);
  });
});
