import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { FreezeScope as Scope } from '@leitstand/plugin-operations-common';
import { operationsReactTranslationRef } from '../../translation';

/** What a freeze is about; all that is named has to match. */
export function FreezeScope(props: { scope: Scope }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { cluster, namespace, environment, entityRef } = props.scope;
  const words = [
    environment && t('freeze.environment', { name: environment }),
    cluster && t('freeze.cluster', { name: cluster }),
    namespace && t('freeze.namespace', { name: namespace }),
  ].filter(Boolean);
  return (
    <>
      {words.join(', ')}
      {entityRef && words.length > 0 && ', '}
      {entityRef && <EntityRefLink entityRef={entityRef} hideIcon />}
    </>
  );
}
