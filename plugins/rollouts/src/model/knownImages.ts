import type { Revision, RunningImages } from '@leitstand/plugin-rollouts-common';
import { splitImage } from './revisions';

/** Most images that are offered. */
const maxCount = 50;

/** Other versions of an image that are known: of the workload's own revisions first, then those that run somewhere. */
export function knownImagesOf(
  image: string,
  known: { revisions: Revision[]; running: RunningImages['items'] },
): string[] {
  const { name } = splitImage(image);
  const ofRevisions = known.revisions
    .flatMap(({ images }) => images.map(container => container.image))
    .filter(candidate => splitImage(candidate).name === name);
  const running = known.running
    .filter(({ repository }) => repository === name)
    .flatMap(({ repository, versions }) =>
      versions.map(({ version }) => `${repository}${version.includes(':') ? '@' : ':'}${version}`),
    );
  return [...new Set([...ofRevisions, ...running])].filter(candidate => candidate !== image).slice(0, maxCount);
}
