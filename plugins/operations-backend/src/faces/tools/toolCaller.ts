import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Caller } from '../../services/Caller';
import type { CallerCredentials, Callers } from '../../services/Callers';

/**
 * Whoever comes this way comes as a tool, also with a token from the browser.
 *
 * @throws NotAllowedError for a program that is not mapped
 */
export function toolCaller(callers: Callers, credentials: BackstageCredentials): Caller {
  const caller = callers.of(credentials as CallerCredentials);
  return caller.service ? caller : { ...caller, face: 'tool' };
}
