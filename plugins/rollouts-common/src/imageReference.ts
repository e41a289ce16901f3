/** The parts of an image's name. */
export interface ImageReference {
  /** With its registry, where it names one. */
  repository: string;
  tag?: string;
  /** For example `sha256:…`. */
  digest?: string;
}

const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const domain = `${label}(?:\\.${label})*(?::[0-9]+)?`;
const component = '[a-z0-9]+(?:(?:__|[._]|-+)[a-z0-9]+)*';
const digest = '[a-zA-Z][a-zA-Z0-9]*(?:[-_+.][a-zA-Z][a-zA-Z0-9]*)*:[0-9a-fA-F]{32,}';
const pattern = new RegExp(
  `^((?:${domain}/)?${component}(?:/${component})*)(?::([a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}))?(?:@(${digest}))?$`,
);

/**
 * Reads an image's name; undefined where it is none.
 *
 * Source: {@link https://github.com/distribution/reference/blob/main/regexp.go}
 */
export function parseImageReference(text: string): ImageReference | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, repository, tag, digestPart] = match;
  return { repository, ...(tag ? { tag } : {}), ...(digestPart ? { digest: digestPart } : {}) };
}
