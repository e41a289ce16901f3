import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { StatusChip } from '@leitstand/plugin-kit-react';
import type { RunState } from '@leitstand/plugin-operations-common';
import { runStateLooks } from '../../model/describeRun';
import { operationsReactTranslationRef } from '../../translation';

/** A run's state as icon and word. */
export function RunStateChip(props: { state: RunState }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { tone, word } = runStateLooks[props.state];
  return <StatusChip tone={tone} label={t(`runState.${word}`)} />;
}
