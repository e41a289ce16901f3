import { useState } from 'react';

/** Puts text into the clipboard, and says what came of the last attempt. */
export interface Copying {
  outcome: 'copied' | 'copyFailed' | undefined;
  copy: (text: string) => void;
}

/** For buttons that copy. */
export function useCopy(): Copying {
  const [outcome, setOutcome] = useState<Copying['outcome']>();
  const tryToCopy = async (text: string) => {
    try {
      // The clipboard is missing where the portal is served without TLS; then reading it fails like a refusal.
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('copyFailed');
    }
  };
  return { outcome, copy: text => void tryToCopy(text) };
}
