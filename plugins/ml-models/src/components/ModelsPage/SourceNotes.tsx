import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ModelList } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import { mlModelsTranslationRef } from '../../translation';

/** Which connections could not be asked, and why: their models may be missing, or old. */
export function SourceNotes(props: { list: ModelList }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  return (
    <>
      {props.list.sources.map(
        ({ connection, observedAt, staleBecause }) =>
          staleBecause && (
            <Alert key={connection} severity="warning" role="status" sx={{ margin: 1 }}>
              {t(observedAt === undefined ? 'list.notRead' : 'list.stale', {
                connection,
                reason: staleBecause.message,
              })}
            </Alert>
          ),
      )}
    </>
  );
}
