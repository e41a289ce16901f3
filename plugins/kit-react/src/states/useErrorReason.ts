import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { kitReactTranslationRef } from '../translation';
import { describeError } from './describeError';

/** Says in a sentence or two why something failed: in the server's words, otherwise in ours. Undefined without an error. */
export function useErrorReason(error: unknown): string | undefined {
  const { t } = useTranslationRef(kitReactTranslationRef);
  if (error === undefined) return undefined;
  const { kind, message } = describeError(error);
  return message ?? t('error.reason', { title: t(`error.${kind}.title`), advice: t(`error.${kind}.advice`) });
}
