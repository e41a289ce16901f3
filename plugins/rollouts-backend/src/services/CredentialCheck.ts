import { UpstreamError } from '@leitstand/plugin-kit-common';
import type { Connection } from '@leitstand/plugin-kit-common';
import { KubernetesClient, type KubernetesClientOptions } from '../client/KubernetesClient';
import type { ClusterConfig } from '../config';
import { nameOfRight, type NeededRight } from '../model/neededRights';
import { selfSubjectAccessReviewType, selfSubjectReviewType } from '../model/reviews';

type CheckedCredentials = Connection['credentials'][number];

/** Whose rights are asked for, and which. */
export interface CredentialCheckOptions extends KubernetesClientOptions {
  use: CheckedCredentials['use'];
  cluster: ClusterConfig;
  rights: readonly NeededRight[];
  /** Left out: the rights are wanted on the whole cluster; otherwise they may be given in each of these instead. */
  namespaces?: readonly string[];
}

/** Questions to one cluster at a time. */
const maxParallelCount = 8;

/** Asks a cluster what one set of credentials may do. Of what they allow it uses nothing. */
export class CredentialCheck {
  readonly #options: CredentialCheckOptions;
  readonly #client: KubernetesClient;

  constructor(options: CredentialCheckOptions) {
    this.#options = options;
    this.#client = KubernetesClient.create(options.cluster, options);
  }

  /** The server's version, for its reachability. @throws UpstreamError */
  version(signal: AbortSignal): Promise<string> {
    return this.#client.version(signal);
  }

  /** What they may do; never throws but for the signal. `error` is the first thing that went wrong. */
  async run(signal: AbortSignal): Promise<{ credentials: CheckedCredentials; error?: UpstreamError }> {
    const { use, rights } = this.#options;
    let error: UpstreamError | undefined;
    const answers = await mapLimited(rights, async right => {
      const answer = await this.#isGranted(right, signal).catch(reason => unlessUpstream(reason));
      if (!(answer instanceof UpstreamError)) return answer;
      error ??= answer;
      return undefined;
    });
    const identity = await this.#identity(signal);
    const credentials: CheckedCredentials = {
      use,
      ...(identity ? { identity } : {}),
      ...(error ? { problem: error.message } : {}),
      rights: rights.map((right, index) => ({
        right: nameOfRight(right),
        neededFor: right.neededFor,
        isGranted: answers[index],
      })),
    };
    return { credentials, error };
  }

  /** Ends every request and connection. */
  close(): void {
    this.#client.close();
  }

  async #isGranted(right: NeededRight, signal: AbortSignal): Promise<boolean> {
    if (await this.#ask(right, undefined, signal)) return true;
    const { namespaces = [] } = this.#options;
    const answers = await Promise.all(namespaces.map(namespace => this.#ask(right, namespace, signal)));
    return answers.length > 0 && answers.every(Boolean);
  }

  async #ask(right: NeededRight, namespace: string | undefined, signal: AbortSignal): Promise<boolean> {
    const [resource, subresource] = right.resource.split('/');
    const resourceAttributes = { verb: right.verb, group: right.group, resource, subresource, namespace };
    const { status } = await this.#client.review(selfSubjectAccessReviewType, { resourceAttributes }, signal);
    return status.allowed;
  }

  /** Clusters before 1.28 do not say. */
  async #identity(signal: AbortSignal): Promise<string | undefined> {
    const answer = await this.#client.review(selfSubjectReviewType, {}, signal).catch(unlessUpstream);
    return answer instanceof UpstreamError ? undefined : answer.status.userInfo.username;
  }
}

function unlessUpstream(reason: unknown): UpstreamError {
  if (reason instanceof UpstreamError) return reason;
  throw reason;
}

/** Some at a time, answers in order. */
async function mapLimited<TItem, TAnswer>(
  items: readonly TItem[],
  ask: (item: TItem) => Promise<TAnswer>,
): Promise<TAnswer[]> {
  const answers: TAnswer[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) answers[index] = await ask(items[index]);
  };
  await Promise.all(Array.from({ length: maxParallelCount }, work));
  return answers;
}
