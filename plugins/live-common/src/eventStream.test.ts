import fc from 'fast-check';
import type { LiveEvent } from './contract';
import { decodeLiveEvents, encodeLiveEvent } from './eventStream';

function bodyOf(bytes: Uint8Array, chunkSize: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, (at += chunkSize)));
      return undefined;
    },
  });
}

async function decodeAll(text: string, chunkSize: number): Promise<LiveEvent[]> {
  const events: LiveEvent[] = [];
  for await (const event of decodeLiveEvents(bodyOf(new TextEncoder().encode(text), chunkSize))) events.push(event);
  return events;
}

const topic = fc.stringMatching(/^[a-z]{1,8}:[a-z0-9/]{1,20}$/);
const event: fc.Arbitrary<LiveEvent> = fc.oneof(
  fc.constant<LiveEvent>({ type: 'heartbeat' }),
  fc.record({
    type: fc.constant('message' as const),
    topic,
    id: fc.stringMatching(/^[a-z0-9]{1,12}$/),
    data: fc.jsonValue().map(value => JSON.parse(JSON.stringify(value)) as unknown),
  }),
  fc.record({
    type: fc.constant('failure' as const),
    topic,
    error: fc.record({ name: fc.string(), code: fc.string(), message: fc.string() }),
  }),
);

describe('eventStream', () => {
  it('reads back what it wrote, whatever the text and wherever the chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        async (events, chunkSize) => {
          expect(await decodeAll(events.map(encodeLiveEvent).join(''), chunkSize)).toEqual(events);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses an event that does not fit the contract', async () => {
    await expect(decodeAll('event: message\ndata: {"topic":"no-colon"}\n\n', 7)).rejects.toThrow(/topic/);
  });

  it('cancels the body when the reader leaves early', async () => {
    const { promise: cancelled, resolve: cancel } = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(new TextEncoder().encode(encodeLiveEvent({ type: 'heartbeat' }))),
      cancel,
    });
    for await (const received of decodeLiveEvents(body)) {
      expect(received).toEqual({ type: 'heartbeat' });
      break;
    }
    await expect(cancelled).resolves.toBeUndefined(); // it travels back through the pipe
  });
});
