import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, HomeCard, LoadingState, PageFrame } from '@leitstand/plugin-kit-react';
import Button from '@mui/material/Button';
import { Link, useSearchParams } from 'react-router-dom';
import { useComparedModels } from '../../hooks/useComparedModels';
import { compareFormat } from '../../model/compareFormat';
import { modelsRouteRef } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';
import { CompareCharts } from './CompareCharts';
import { CompareTable } from './CompareTable';

/** Two to four models beside each other: in a table, and in charts of what they have in common. */
export function ComparePage() {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const root = useRouteRef(modelsRouteRef);
  const [params] = useSearchParams();
  const { models } = compareFormat.parse(params);
  const { value, error, reload } = useComparedModels(models);
  if (models.length < 2) {
    return (
      <PageFrame>
        <EmptyState
          title={t('compare.choose')}
          advice={t('compare.chooseAdvice')}
          action={
            <Button size="small" variant="outlined" component={Link} to={root()}>
              {t('compare.toList')}
            </Button>
          }
        />
      </PageFrame>
    );
  }
  return (
    <PageFrame>
      <HomeCard title={t('compare.title')}>
        {!value && error === undefined && <LoadingState lines={10} />}
        {!value && error !== undefined && <ErrorState error={error} onRetry={reload} />}
        {value && <CompareTable models={value} />}
      </HomeCard>
      {value && <CompareCharts models={value} />}
    </PageFrame>
  );
}
