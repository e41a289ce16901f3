/** A threshold in the page's address; without one, the middle. */
export const thresholdFormat = {
  parse(params: URLSearchParams): { threshold: number } {
    const threshold = Number(params.get('threshold') ?? Number.NaN);
    return { threshold: threshold >= 0 && threshold <= 1 ? threshold : 0.5 };
  },
  format({ threshold }: { threshold: number }): URLSearchParams {
    return new URLSearchParams(threshold === 0.5 ? {} : { threshold: String(threshold) });
  },
};
