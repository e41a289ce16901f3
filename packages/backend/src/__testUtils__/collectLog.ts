import { Writable } from 'node:stream';

/** A log for a portal of a test; `lines` has what was written so far. */
export function collectLog(): { log: Writable; lines: string[] } {
  const lines: string[] = [];
  const log = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().split('\n').filter(Boolean));
      done();
    },
  });
  return { log, lines };
}
