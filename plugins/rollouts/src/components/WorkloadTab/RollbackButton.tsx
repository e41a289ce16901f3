import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { AvailableOperation, Plan } from '@leitstand/plugin-operations-common';
import { OperationButton } from '@leitstand/plugin-operations-react';
import { rollbackInputSchema } from '@leitstand/plugin-rollouts-common';
import { useMemo } from 'react';
import { rolloutsTranslationRef } from '../../translation';

/** The operation as the door knows it for this entity. */
export interface RollbackOperation {
  /** Undefined: not asked yet, or there is none for this entity. */
  operation: AvailableOperation | undefined;
  /** Whether the door has answered. */
  isKnown: boolean;
  entityRef: string;
  onFinished: () => void;
}

/** Rolls back to one revision; nothing where the door knows of no such operation. */
export function RollbackButton(props: {
  rollback: RollbackOperation;
  toRevision: number | undefined;
  /** Why not, where the operation as such is available. */
  refusal?: string;
  isHidden?: boolean;
  /** `main`: the one button of the page; `row`: one of many. */
  place: 'main' | 'row';
  /** Whether there is no need to press it. Default: false. */
  isQuiet?: boolean;
}) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { rollback, toRevision, refusal, isHidden, place } = props;
  const isMain = place === 'main';
  const input = useMemo(() => ({ toRevision }), [toRevision]);
  if (rollback.isKnown && !rollback.operation) return null;
  const confirmLabel = (plan: Plan) => {
    const revision = rollbackInputSchema.safeParse(plan.input).data?.toRevision;
    return revision === undefined ? plan.title : t('revision.rollBackTo', { revision: String(revision) });
  };
  const revision = toRevision === undefined ? undefined : String(toRevision);
  return (
    <OperationButton
      operation={rollback.operation}
      entityRef={rollback.entityRef}
      input={input}
      label={isMain || revision === undefined ? t('revision.rollBack') : t('revision.rollBackTo', { revision })}
      confirmLabel={confirmLabel}
      refusal={refusal}
      isHidden={isHidden}
      variant={isMain && !props.isQuiet ? 'contained' : 'outlined'}
      size={isMain ? 'medium' : 'small'}
      onFinished={rollback.onFinished}
    />
  );
}
