import { useEffect, useRef, useState } from 'react';
import { ZodError, type z } from 'zod/v3';
import { useLatestOf } from '../resource/useLatestOf';
import { useResource, type Resource } from '../resource/useResource';
import { useLive } from './useLive';

/** What to follow, and how to ask for it. */
export interface FollowOptions<TSchema extends z.ZodTypeAny> {
  topic: string;
  /** The topic's contract, which the answer fits too. Declare it outside of the component. */
  schema: TSchema;
  /** Asks for the present state. Stable (`useCallback`): another function is another thing. */
  load: (signal: AbortSignal) => Promise<z.output<TSchema>>;
}

/** What is known of something that is followed. With a value and an error, the value is the last known one. */
export interface Followed<TValue> extends Pick<Resource<TValue>, 'value' | 'error' | 'reload'> {
  /** False while the state is asked for instead of told. */
  isLive: boolean;
}

/** Time between two questions while the stream is not there, in milliseconds. */
const pollMs = 10_000;

/**
 * Asks for something once and follows it by its live topic. While the stream fails it asks every 10 s; a topic that has
 * ended, for example with what it was about, is subscribed to anew as soon as there is an answer again.
 */
export function useFollowed<TSchema extends z.ZodTypeAny>(
  options: FollowOptions<TSchema>,
): Followed<z.output<TSchema>> {
  const live = useLive({ topic: options.topic, schema: options.schema });
  const [resumed, setResumed] = useState<{ after: z.output<TSchema> | undefined }>();
  const isSilent = resumed !== undefined && resumed.after === live.data; // nothing was told since it was resumed
  const isLive = live.error === undefined && live.connection !== 'interrupted' && !isSilent;
  const asked = useResource(options.load, { pollMs: isLive ? undefined : pollMs });
  const latest = useLatestOf(live.data, asked.value);

  // A message that does not fit the contract would come again.
  const hasEnded = live.error !== undefined && !(live.error instanceof ZodError);
  const answered = useRef(asked.value);
  const { data, retry } = live;
  useEffect(() => {
    const isNewer = answered.current !== asked.value;
    answered.current = asked.value;
    if (!hasEnded || !isNewer) return;
    setResumed({ after: data });
    retry();
  }, [hasEnded, asked.value, data, retry]);

  // An open stream has the last word: an answer that was under way when the stream spoke is older, though it came later.
  const value = isLive && live.data ? live.data : latest;
  return { value, error: asked.error, isLive, reload: asked.reload };
}
