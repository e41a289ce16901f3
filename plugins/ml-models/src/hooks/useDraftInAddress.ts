import { useFilterInAddress, type FilterFormat } from '@leitstand/plugin-kit-react';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Pause in typing after which the address follows, in milliseconds. */
const pauseMs = 300;

/**
 * What the fields of a form hold, kept in the page's address. Fields follow at once, the address after a pause. Another
 * address from outside, for example the browser's Back, replaces what was typed.
 *
 * @param format - declared outside of the component
 */
export function useDraftInAddress<TDraft>(
  format: FilterFormat<TDraft>,
): [draft: TDraft, change: (change: Partial<TDraft>) => void] {
  const [inAddress, setInAddress] = useFilterInAddress(format);
  const key = format.format(inAddress).toString();
  const [state, setState] = useState({ draft: inAddress, of: key });
  const written = useRef(key);
  if (state.of !== key) {
    // Its own writing comes back as an address; only what somebody else wrote counts.
    setState({ draft: written.current === key ? state.draft : inAddress, of: key });
  }
  const latest = useRef(setInAddress);
  useEffect(() => {
    latest.current = setInAddress;
  });
  const { draft } = state;
  useEffect(() => {
    const wanted = format.format(draft).toString();
    if (wanted === key) return undefined;
    const timer = setTimeout(() => {
      written.current = wanted;
      latest.current(draft);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [draft, key, format]);
  const change = useCallback(
    (changed: Partial<TDraft>) => setState(now => ({ ...now, draft: { ...now.draft, ...changed } })),
    [],
  );
  return [draft, change];
}
