/** Answers whether an image can be pulled. */
export type ImageRegistry = (image: string) => boolean;

/** Tags by repository that the homelab's nodes can pull; anything else fails as a missing image does. */
const seededImages: Record<string, string[]> = {
  'ghcr.io/timfbr03/cloud-computing-dski/backend': ['v1.0.0', 'v1.1.0', 'v1.5.2'],
  'ghcr.io/timfbr03/cloud-computing-dski/frontend': ['v1.1.0', 'v1.5.2'],
  'ghcr.io/timfbr03/caloguessr': ['v1.0', 'v1.1'],
  'registry.k8s.io/pause': ['3.8', '3.9', '3.10'],
  'docker.io/library/nginx': ['1.26', '1.27', '1.28'],
};

/** `nginx` → `docker.io/library/nginx:latest`, as containerd completes a reference. */
export function completeReference(image: string): string {
  const [first, ...rest] = image.split('/');
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const path = hasHost ? image : `docker.io/${rest.length > 0 ? image : `library/${image}`}`;
  return /:[^/]+$/.test(path) ? path : `${path}:latest`;
}

/** @param more - further images that exist, with their tags */
export function createImageRegistry(more: string[] = []): ImageRegistry {
  const seeded = Object.entries(seededImages).flatMap(([name, tags]) => tags.map(tag => `${name}:${tag}`));
  const held = new Set([...seeded, ...more.map(completeReference)]);
  return image => held.has(completeReference(image));
}
