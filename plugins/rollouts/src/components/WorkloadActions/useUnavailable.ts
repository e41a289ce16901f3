import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { AvailableOperation } from '@leitstand/plugin-operations-common';
import { useCallback } from 'react';
import { rolloutsTranslationRef } from '../../translation';

/** Says why an operation is not available, in a sentence; undefined where it is. */
export function useUnavailable(): (operation: AvailableOperation) => string | undefined {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  return useCallback(
    ({ isAvailable, refusal }) => {
      if (isAvailable) return undefined;
      return refusal ? t('operation.unavailable', { reason: refusal.message }) : t('operation.unavailableUnknown');
    },
    [t],
  );
}
