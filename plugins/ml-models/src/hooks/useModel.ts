import { useApi } from '@backstage/core-plugin-api';
import { useLatestOf, useLive, useResource } from '@leitstand/plugin-kit-react';
import { formatModelRef, modelSchema, modelTopic, type Model, type ModelRef } from '@leitstand/plugin-ml-models-common';
import { useCallback } from 'react';
import { mlModelsApiRef } from '../api';

/** A model that is followed. */
export interface FollowedModel {
  /** Undefined until something is known of it. */
  model: Model | undefined;
  /** Why nothing, or nothing newer, is known. */
  error: unknown;
  /** False while the state is asked for instead of told. */
  isLive: boolean;
  reload: () => void;
}

/** Time between two questions while the stream is not there, in milliseconds. */
const pollMs = 10_000;

/** Asks for a model once and follows it by the live stream; asks every 10 s while the stream fails. */
export function useModel({ project, dataset, model: name }: ModelRef): FollowedModel {
  const models = useApi(mlModelsApiRef);
  const load = useCallback(
    (signal: AbortSignal) => models.getModel({ project, dataset, model: name }, { signal }),
    [models, project, dataset, name],
  );
  const live = useLive({
    topic: modelTopic(formatModelRef({ project, dataset, model: name })),
    schema: modelSchema,
  });
  const isLive = live.error === undefined && live.connection !== 'interrupted';
  const asked = useResource(load, { pollMs: isLive ? undefined : pollMs });
  const latest = useLatestOf(live.data, asked.value);
  // An open stream has the last word: an answer that was under way when the stream spoke is older, though it came later.
  const model = isLive && live.data ? live.data : latest;
  return { model, error: asked.error, isLive, reload: asked.reload };
}
