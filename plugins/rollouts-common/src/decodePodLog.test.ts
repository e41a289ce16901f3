import { decodePodLog } from './decodePodLog';
import type { PodLogLine } from './podLog';

/** A body of these chunks. */
function bodyOf(chunks: (string | Uint8Array)[], onCancel?: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const waiting = [...chunks];
  return new ReadableStream(
    {
      pull: controller => {
        const chunk = waiting.shift();
        if (chunk === undefined) controller.close();
        else controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}

async function linesOf(body: ReadableStream<Uint8Array>): Promise<PodLogLine[]> {
  const lines: PodLogLine[] = [];
  for await (const batch of decodePodLog(body)) lines.push(...batch);
  return lines;
}

describe('decodePodLog', () => {
  it('puts lines together that the chunks cut, in characters too', async () => {
    const euro = new TextEncoder().encode('€');
    const body = bodyOf([
      '2026-03-01T08:00:00.5Z fir',
      'st\r\n2026-03-01T08:00:01.000000000Z costs ',
      euro.slice(0, 1),
      euro.slice(1),
      '\n\nno time',
    ]);
    expect(await linesOf(body)).toEqual([
      { at: '2026-03-01T08:00:00.5Z', text: 'first' },
      { at: '2026-03-01T08:00:01.000000000Z', text: 'costs €' },
      { at: undefined, text: '' },
      { at: undefined, text: 'no time' },
    ]);
  });

  it('cuts what never ends', async () => {
    const lines = await linesOf(bodyOf(Array.from({ length: 10 }, () => 'x'.repeat(20_000))));
    expect(lines.map(line => line.text.length)).toEqual([80_000, 80_000, 40_000]);
  });

  it('lets go of its source when the reader leaves', async () => {
    const onCancel = jest.fn();
    for await (const batch of decodePodLog(bodyOf(['a\n', 'b\n'], onCancel))) {
      expect(batch).toEqual([{ at: undefined, text: 'a' }]);
      break;
    }
    expect(onCancel).toHaveBeenCalledTimes(1);
  });
});
