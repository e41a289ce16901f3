/** Most models that are compared: as many columns as can be read beside each other. */
export const maxComparedCount = 4;

/** Which models are compared, as the page's address says it. */
export const compareFormat = {
  parse(params: URLSearchParams): { models: string[] } {
    return { models: [...new Set(params.getAll('model'))].slice(0, maxComparedCount) };
  },
  format({ models }: { models: string[] }): URLSearchParams {
    return new URLSearchParams(models.map(model => ['model', model]));
  },
};
