import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod/v3';
import { liveApiRef, type LiveConnectionState } from './LiveApi';

/** What to follow. */
export interface LiveOptions<TSchema extends z.ZodTypeAny> {
  /** Undefined: follow nothing yet. */
  topic: string | undefined;
  /** The topic's contract. Declare it outside of the component. */
  schema: TSchema;
  /** What to show until the first message, for example the answer of a GET. */
  initial?: z.output<TSchema>;
}

/** What is known of a topic. */
export interface LiveResult<T> {
  /** The newest state; the last known one while interrupted or after a failure. */
  data: T | undefined;
  /** The topic has ended; `retry` subscribes anew. */
  error: unknown;
  /** `interrupted`: `data` may be old; it tries again by itself. */
  connection: LiveConnectionState;
  retry: () => void;
}

interface TopicState<T> {
  topic: string | undefined;
  data?: T;
  error?: unknown;
}

/** Follows a live topic for as long as the component is mounted. */
export function useLive<TSchema extends z.ZodTypeAny>(options: LiveOptions<TSchema>): LiveResult<z.output<TSchema>> {
  const { topic } = options;
  const liveApi = useApi(liveApiRef);
  const schema = useRef(options.schema);
  const [attempt, setAttempt] = useState(0);
  const [connection, setConnection] = useState<LiveConnectionState>('connecting');
  const [state, setState] = useState<TopicState<z.output<TSchema>>>({ topic });

  useEffect(() => {
    if (topic === undefined) return undefined;
    return liveApi.subscribe(topic, {
      onMessage: message => {
        const parsed = schema.current.safeParse(message);
        setState(previous =>
          parsed.success ? { topic, data: parsed.data } : withError(previous, { topic, error: parsed.error }),
        );
      },
      onFailure: error => setState(previous => withError(previous, { topic, error })),
      onConnectionState: setConnection,
    });
  }, [liveApi, topic, attempt]);

  const retry = useCallback(() => {
    setState(previous => ({ ...previous, error: undefined }));
    setAttempt(previous => previous + 1);
  }, []);
  // What is known of another topic must not be shown, not even until the effect has run.
  const current = state.topic === topic ? state : { topic };
  return { data: current.data ?? options.initial, error: current.error, connection, retry };
}

/** Keeps the last known data of the same topic beside the error. */
function withError<T>(previous: TopicState<T>, failure: { topic: string; error: unknown }): TopicState<T> {
  return { ...failure, data: previous.topic === failure.topic ? previous.data : undefined };
}
