import type { ContainerImage, Revision } from '@leitstand/plugin-rollouts-common';

/** Which of two revisions' images differ. */
export interface ImageChange {
  container: string;
  before: string | undefined;
  after: string | undefined;
}

/** The revision that `kubectl rollout undo` would go back to: the highest below the present one. */
export function previousRevision(revisions: Revision[]): Revision | undefined {
  const current = revisions.find(revision => revision.isCurrent);
  if (!current) return undefined;
  return revisions
    .filter(revision => revision.revision < current.revision)
    .reduce<Revision | undefined>(
      (highest, revision) => (highest && highest.revision > revision.revision ? highest : revision),
      undefined,
    );
}

/** What going from one set of images to another changes, by container. */
export function imageChanges(before: ContainerImage[], after: ContainerImage[]): ImageChange[] {
  const imagesOf = (images: ContainerImage[]) => new Map(images.map(image => [image.container, image.image]));
  const [old, fresh] = [imagesOf(before), imagesOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map(container => ({ container, before: old.get(container), after: fresh.get(container) }))
    .filter(change => change.before !== change.after);
}

/**
 * Splits an image name so that its tag or digest, the part that tells two apart, can stay visible.
 *
 * Source: {@link https://github.com/distribution/reference/blob/main/reference.go}
 */
export function splitImage(image: string): { name: string; version: string } {
  const digest = image.indexOf('@');
  if (digest >= 0) return { name: image.slice(0, digest), version: image.slice(digest) };
  const colon = image.lastIndexOf(':');
  if (colon > image.lastIndexOf('/')) return { name: image.slice(0, colon), version: image.slice(colon) };
  return { name: image, version: '' };
}
