/** Which images the page "What runs where" shows; kept in the address. */
export interface ImageFilter {
  /** Part of an image's name or version. */
  text?: string;
  /** Only images of which more than one version runs. */
  isDifferingOnly?: boolean;
}

/** Reads the filter from an address. */
export function parseImageFilter(params: URLSearchParams): ImageFilter {
  return {
    text: params.get('text')?.slice(0, 200) || undefined,
    isDifferingOnly: params.get('show') === 'differing' || undefined,
  };
}

/** Writes the filter into an address. */
export function formatImageFilter(filter: ImageFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.text) params.set('text', filter.text);
  if (filter.isDifferingOnly) params.set('show', 'differing');
  return params;
}
