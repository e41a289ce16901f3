import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EmptyState, ErrorState, LoadingState } from '@leitstand/plugin-kit-react';
import type { ModelRef } from '@leitstand/plugin-ml-models-common';
import { useModel } from '../../hooks/useModel';
import { modelRefOf } from '../../model/modelRefOf';
import { mlModelsTranslationRef } from '../../translation';
import { ModelView } from './ModelView';

/** The model of the page's entity: how it is, its predictions, its quality, and what can be done about it. */
export function ModelTab() {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { entity } = useEntity();
  const ref = modelRefOf(entity);
  if (!ref) return <EmptyState title={t('model.notAnnotated')} advice={t('model.notAnnotatedAdvice')} />;
  return <FollowedModelView modelRef={ref} entityRef={stringifyEntityRef(entity)} />;
}

function FollowedModelView(props: { modelRef: ModelRef; entityRef: string }) {
  const { value: model, error, isLive, reload } = useModel(props.modelRef);
  if (!model) return error === undefined ? <LoadingState lines={12} /> : <ErrorState error={error} onRetry={reload} />;
  return <ModelView model={model} entityRef={props.entityRef} isLive={isLive} error={error} onChanged={reload} />;
}
