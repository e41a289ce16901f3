import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { authorize } from '@leitstand/plugin-kit-node';
import { LatestState, type LiveSource, type LiveState } from '@leitstand/plugin-live-node';
import { modelReadPermission, parseModelRef, type Model, type ModelRef } from '@leitstand/plugin-ml-models-common';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ModelService } from './ModelService';

/** Between two looks while something changes, in milliseconds. */
const busyMs = 2_000;
/** Between two looks otherwise. */
const idleMs = 15_000;
/** How long after a change something may still be changing, in milliseconds. */
const settledMs = 60_000;

interface Topic {
  latest: LatestState;
  readerCount: number;
  closing: AbortController;
}

/** Streams models while somebody looks at them. All who look at one share one look at BigQuery. */
export class ModelLiveSource implements LiveSource {
  readonly prefix = 'ml-models';
  readonly #options: { models: ModelService; permissions: PermissionsService };
  readonly #topics = new Map<string, Topic>();

  constructor(options: { models: ModelService; permissions: PermissionsService }) {
    this.#options = options;
  }

  async authorize(topic: string, credentials: BackstageCredentials): Promise<void> {
    refOf(topic);
    await authorize(this.#options.permissions, modelReadPermission, credentials);
  }

  /** @throws NotFoundError when there is no such model; UpstreamError when it was never read */
  async *states(name: string, options: { signal: AbortSignal }): AsyncGenerator<LiveState> {
    const ref = refOf(name);
    const first = await this.#options.models.get(ref);
    const topic = this.#topics.get(name) ?? this.#open(name, ref);
    topic.latest.set(stateOf(first));
    topic.readerCount += 1;
    try {
      yield* topic.latest.states(AbortSignal.any([options.signal, topic.closing.signal]));
      if (!options.signal.aborted) topic.closing.signal.throwIfAborted();
    } finally {
      topic.readerCount -= 1;
      if (topic.readerCount === 0) this.#close(name, topic);
    }
  }

  #open(name: string, ref: ModelRef): Topic {
    const topic: Topic = { latest: new LatestState(), readerCount: 0, closing: new AbortController() };
    this.#topics.set(name, topic);
    this.#follow(ref, topic).catch((error: unknown) => this.#close(name, topic, error));
    return topic;
  }

  async #follow(ref: ModelRef, topic: Topic): Promise<void> {
    const { signal } = topic.closing;
    let pauseMs = busyMs;
    while (!signal.aborted) {
      await delay(pauseMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const model = await this.#options.models.get(ref);
      topic.latest.set(stateOf(model));
      pauseMs = isBusy(model) ? busyMs : idleMs;
    }
  }

  #close(name: string, topic: Topic, reason?: unknown): void {
    if (this.#topics.get(name) === topic) this.#topics.delete(name);
    topic.closing.abort(reason);
  }
}

/** Whether a training may be under way: upstream changed it a moment ago. */
function isBusy({ modifiedAt }: Model): boolean {
  return Date.now() - Date.parse(modifiedAt) < settledMs;
}

/** The time of the last look is no change of the model. */
function stateOf(model: Model): LiveState {
  const { observedAt: _, ...freshness } = model.freshness;
  const id = createHash('sha256')
    .update(JSON.stringify({ ...model, freshness }))
    .digest('base64url');
  return { id, data: model };
}

/** @throws InputError */
function refOf(topic: string): ModelRef {
  const [, ref] = /^ml-models:model\/(.+)$/.exec(topic) ?? [];
  if (ref === undefined) throw new InputError('A topic of this source is ml-models:model/<project>.<dataset>.<model>');
  return parseModelRef(ref);
}
