import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** How a filter is read from an address and written into it. */
export interface FilterFormat<TFilter> {
  parse: (params: URLSearchParams) => TFilter;
  format: (filter: TFilter) => URLSearchParams;
}

/** A filter that lives in the page's address. Changing it takes the place of the present address in the history. */
export function useFilterInAddress<TFilter>(format: FilterFormat<TFilter>): [TFilter, (filter: TFilter) => void] {
  const [params, setParams] = useSearchParams();
  const setFilter = useCallback(
    (filter: TFilter) => setParams(format.format(filter), { replace: true }),
    [format, setParams],
  );
  return [format.parse(params), setFilter];
}
