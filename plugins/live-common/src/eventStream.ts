import { EventSourceParserStream } from 'eventsource-parser/stream';
import { liveFailureSchema, liveMessageSchema, type LiveEvent, type LiveMessage } from './contract';

/**
 * Writes one event in event-stream framing. JSON has no raw line breaks, so no field can end early.
 * A heartbeat is an event of its own rather than a comment, so that readers can tell silence from a quiet topic.
 *
 * Source: {@link https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream}
 */
export function encodeLiveEvent(event: LiveEvent): string {
  const { type, ...payload } = event;
  return `event: ${type}\ndata: ${JSON.stringify(payload)}\n\n`;
}

/**
 * Reads events out of a response body until it ends; leaving the loop early cancels the body.
 *
 * @throws ZodError when an event does not fit the contract
 */
export async function* decodeLiveEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<LiveEvent> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield parse(value.event, JSON.parse(value.data));
    }
  } finally {
    await reader.cancel().catch(ignoreClosedStream);
  }
}

function parse(type: string | undefined, payload: unknown): LiveEvent {
  switch (type) {
    case 'heartbeat':
      return { type };
    case 'failure':
      return { type, ...liveFailureSchema.parse(payload) };
    default:
      return { type: 'message', ...(liveMessageSchema.parse(payload) as LiveMessage) };
  }
}

/** A stream that failed already has nothing left to cancel; the failure itself came out of `read`. */
function ignoreClosedStream() {}
