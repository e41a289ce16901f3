import type { RunningImages, WorkloadSummary } from '@leitstand/plugin-rollouts-common';

type Item = RunningImages['items'][number];

/**
 * An image without its version; the version is its tag, or the digest where there is no tag, or `latest`.
 *
 * Source: {@link https://github.com/distribution/reference/blob/main/reference.go}
 */
export function splitImage(image: string): { repository: string; version: string } {
  const [name, digest] = image.split('@');
  const colon = name.lastIndexOf(':');
  const isTag = colon > name.lastIndexOf('/');
  return {
    repository: isTag ? name.slice(0, colon) : name,
    version: isTag ? name.slice(colon + 1) : (digest ?? 'latest'),
  };
}

/** Repositories by name, each with its versions, newest-looking first, and the workloads that run them. */
export function runningImagesOf(summaries: readonly WorkloadSummary[]): Item[] {
  const repositories = new Map<string, Map<string, Map<string, Item['versions'][number]['workloads'][number]>>>();
  for (const { cluster, namespace, kind, name, entityRef, images } of summaries) {
    for (const { image } of images) {
      const { repository, version } = splitImage(image);
      const versions = entryOf(repositories, repository, () => new Map());
      const workloads = entryOf(versions, version, () => new Map());
      workloads.set([cluster, namespace, kind, name].join('\0'), { cluster, namespace, kind, name, entityRef });
    }
  }
  const order = new Intl.Collator('en', { numeric: true });
  return [...repositories]
    .sort(([a], [b]) => order.compare(a, b))
    .map(([repository, versions]) => ({
      repository,
      versions: [...versions]
        .sort(([a], [b]) => order.compare(b, a))
        .map(([version, workloads]) => ({ version, workloads: [...workloads.values()] })),
    }));
}

function entryOf<TKey, TValue>(map: Map<TKey, TValue>, key: TKey, make: () => TValue): TValue {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
