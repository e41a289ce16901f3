import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, HomeCard, LoadingState, RelativeTime, useNow } from '@leitstand/plugin-kit-react';
import { formatModelRef, type ModelSummary } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useModels } from '../../hooks/useModels';
import { worstFirst } from '../../model/worstFirst';
import { modelsRouteRef, useModelLink } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';
import { ModelHealthChip } from '../ModelHealthChip';
import { QualityText } from '../QualityText';
import { SourceNotes } from '../ModelsPage/SourceNotes';

const shownCount = 6;
const everything = {};

/** The models that need a look first, then those trained last; for the home page. */
export function ModelsCard() {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const root = useRouteRef(modelsRouteRef);
  const { list, error, reload } = useModels(everything);
  const now = useNow(60_000);
  return (
    <HomeCard title={t('card.models')} action={<Link to={root()}>{t('card.all')}</Link>}>
      {!list && error === undefined && <LoadingState />}
      {!list && error !== undefined && <ErrorState error={error} onRetry={reload} />}
      {list && <SourceNotes list={list} />}
      {list?.items.length === 0 && <EmptyState title={t('list.none')} advice={t('list.noneAdvice')} />}
      {list && list.items.length > 0 && (
        <Box component="ul" sx={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {worstFirst(list.items, now)
            .slice(0, shownCount)
            .map(model => (
              <ModelLine key={formatModelRef(model.ref)} model={model} />
            ))}
        </Box>
      )}
    </HomeCard>
  );
}

function ModelLine(props: { model: ModelSummary }) {
  const modelLink = useModelLink();
  const { model } = props;
  const { ref, entityRef, friendlyName, modifiedAt } = model;
  const name = friendlyName ?? ref.model;
  return (
    <Box
      component="li"
      sx={{ display: 'grid', gap: 0.25, padding: '8px 16px', '& + &': { borderTop: 1, borderColor: 'divider' } }}
    >
      <Box sx={{ display: 'flex', gap: 1, justifyContent: 'space-between', alignItems: 'center' }}>
        <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {entityRef === undefined ? name : <Link to={modelLink(entityRef)}>{name}</Link>}
        </Box>
        <ModelHealthChip model={model} />
      </Box>
      <Typography variant="body2" color="text.secondary">
        <QualityText quality={model.quality} />
        {' · '}
        <RelativeTime time={modifiedAt} />
      </Typography>
    </Box>
  );
}
