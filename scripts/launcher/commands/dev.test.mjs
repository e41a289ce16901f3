import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../paths.mjs';

/** File locations of the catalogue in a configuration file. */
function fileLocations(name) {
  const text = readFileSync(join(ROOT, name), 'utf8');
  return [...text.matchAll(/type: file\s+target: (\S+)/g)].map(([, target]) => target);
}

describe('app-config.development.yaml', () => {
  it('names the same locations as the homelab’s configuration', () => {
    const shipped = fileLocations('app-config.homelab.yaml');
    const development = fileLocations('scripts/launcher/app-config.development.yaml');
    assert.ok(shipped.length > 0);
    assert.deepEqual(
      development.map(target => target.replace('../../', './')),
      shipped,
    );
  });
});
