import { parsePodLogLine, type PodLogLine } from './podLog';

/** A line that is longer than this, in UTF-16 units, is cut into several: what never ends must not fill the reader's memory. */
const maxLineLength = 65_536;

/** Reads a log as it comes in: the lines that each chunk completes. The source is let go of when the reader leaves. */
export async function* decodePodLog(body: ReadableStream<Uint8Array>): AsyncGenerator<PodLogLine[]> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const texts = (rest + decoder.decode(chunk.value, { stream: true })).split('\n');
      rest = texts.pop() ?? '';
      if (rest.length > maxLineLength) {
        texts.push(rest);
        rest = '';
      }
      if (texts.length > 0) yield texts.map(lineOf);
    }
    if (rest !== '') yield [lineOf(rest)];
  } finally {
    // A stream that has failed cannot be let go of a second time, and has nothing left to release.
    await reader.cancel().catch(() => undefined);
  }
}

function lineOf(text: string): PodLogLine {
  return parsePodLogLine(text.endsWith('\r') ? text.slice(0, -1) : text);
}
