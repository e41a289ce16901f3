import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ClearFiltersButton, EmptyState } from '@leitstand/plugin-kit-react';
import type { ModelList } from '@leitstand/plugin-ml-models-common';
import { modelFilterFormat, type ModelFilter } from '../../model/modelFilter';
import { mlModelsTranslationRef } from '../../translation';

/** Why there is no model: nothing is connected, nothing fits, or nobody has trained one yet. */
export function ModelsEmpty(props: { list: ModelList; filter: ModelFilter; onClear: () => void }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  if (props.list.sources.length === 0) {
    return <EmptyState title={t('list.notConnected')} advice={t('list.notConnectedAdvice')} />;
  }
  if (modelFilterFormat.format(props.filter).size === 0) {
    return <EmptyState title={t('list.none')} advice={t('list.noneAdvice')} />;
  }
  return (
    <EmptyState
      title={t('list.nothingFits')}
      advice={t('list.nothingFitsAdvice')}
      action={<ClearFiltersButton variant="outlined" onClick={props.onClear} />}
    />
  );
}
