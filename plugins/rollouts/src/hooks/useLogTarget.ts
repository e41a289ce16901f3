import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

/** Whose log is shown, as the page's address says it. */
export interface LogTarget {
  pod: string;
  /** Undefined: the pod's first. */
  container?: string;
  /** Of the container's previous run. */
  isPrevious: boolean;
}

/** Address of the page that shows a log; everything else of the address stays. */
export function useLogLink(): (target: LogTarget) => string {
  const { pathname, search } = useLocation();
  return useCallback((target: LogTarget) => `${pathname}?${searchOf(search, target)}`, [pathname, search]);
}

/** The log that the address names, and a way to another one. */
export function useLogTarget(): [LogTarget | undefined, (target: LogTarget) => void] {
  const { search } = useLocation();
  const navigate = useNavigate();
  const linkTo = useLogLink();
  const setTarget = useCallback((target: LogTarget) => navigate(linkTo(target), { replace: true }), [navigate, linkTo]);
  const params = new URLSearchParams(search);
  const pod = params.get('pod');
  if (!pod) return [undefined, setTarget];
  const target = {
    pod,
    container: params.get('container') ?? undefined,
    isPrevious: params.get('previous') === 'true',
  };
  return [target, setTarget];
}

function searchOf(search: string, target: LogTarget): string {
  const params = new URLSearchParams(search);
  params.set('pod', target.pod);
  params.delete('container');
  params.delete('previous');
  if (target.container !== undefined) params.set('container', target.container);
  if (target.isPrevious) params.set('previous', 'true');
  return params.toString();
}
