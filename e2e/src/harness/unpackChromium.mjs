/**
 * Unpacks the Chromium of `@sparticuz/chromium`, which always unpacks into the temporary folder: run as a process with
 * TMPDIR set. With the argument "libraries" it unpacks the system libraries that a bare machine lacks as well.
 */
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import chromium, { inflate } from '@sparticuz/chromium';

await chromium.executablePath();
if (process.argv.includes('libraries')) {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  await inflate(join(dirname(entry), '..', 'bin', 'al2023.tar.br'));
}
