/** What is asked of the list of models; also the form of the page's address. */
export interface ModelFilter {
  text?: string;
  /** The API's model type. */
  type?: string;
  /** `project.dataset`. */
  dataset?: string;
}

const names = ['text', 'type', 'dataset'] as const;

export const modelFilterFormat = {
  parse(params: URLSearchParams): ModelFilter {
    return Object.fromEntries(names.map(name => [name, params.get(name) ?? undefined]));
  },
  format(filter: ModelFilter): URLSearchParams {
    const params = new URLSearchParams();
    for (const name of names) if (filter[name]) params.set(name, filter[name]);
    return params;
  },
};
