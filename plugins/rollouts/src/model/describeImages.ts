import type { RunningImages } from '@leitstand/plugin-rollouts-common';
import type { ImageFilter } from './imageFilter';

/** An image with its versions. */
export type RunningImage = RunningImages['items'][number];

/** How the versions of one image spread. */
export type VersionSpread = 'same' | 'within-cluster' | 'between-clusters';

/** An image and how its versions spread. */
export interface DescribedImage extends RunningImage {
  spread: VersionSpread;
}

const rank: Record<VersionSpread, number> = { 'between-clusters': 0, 'within-cluster': 1, same: 2 };

/** The images that fit the filter; those whose versions differ first, then by name. */
export function describeImages(images: RunningImage[], filter: ImageFilter): DescribedImage[] {
  const text = filter.text?.toLowerCase() ?? '';
  return images
    .filter(image => [image.repository, ...versionsOf(image)].some(name => name.toLowerCase().includes(text)))
    .map(image => ({ ...image, spread: spreadOf(image) }))
    .filter(image => !filter.isDifferingOnly || image.spread !== 'same')
    .sort((a, b) => rank[a.spread] - rank[b.spread] || a.repository.localeCompare(b.repository));
}

function versionsOf(image: RunningImage): string[] {
  return image.versions.map(({ version }) => version);
}

/** Between clusters: two of the clusters that run the image do not run the same set of versions. */
function spreadOf(image: RunningImage): VersionSpread {
  if (image.versions.length < 2) return 'same';
  const byCluster = new Map<string, Set<string>>();
  for (const { version, workloads } of image.versions) {
    for (const { cluster } of workloads) byCluster.set(cluster, (byCluster.get(cluster) ?? new Set()).add(version));
  }
  const sets = [...byCluster.values()].map(versions => [...versions].sort().join(' '));
  return new Set(sets).size > 1 ? 'between-clusters' : 'within-cluster';
}
