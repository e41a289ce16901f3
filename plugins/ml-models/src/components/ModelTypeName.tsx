import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { knownModelTypes, type KnownModelType } from '@leitstand/plugin-ml-models-common';
import { mlModelsTranslationRef } from '../translation';

function isKnown(type: string): type is KnownModelType {
  return (knownModelTypes as readonly string[]).includes(type);
}

/** A model type in words; one that the portal does not know keeps the API's name. */
export function ModelTypeName(props: { type: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { type } = props;
  return <span title={type}>{isKnown(type) ? t(`modelType.${type}`) : type}</span>;
}
