import { Link } from '@backstage/core-components';
import { identityApiRef, useApi, type ApiRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  EmptyState,
  ErrorState,
  HomeCard,
  LoadingState,
  useResource,
  type EntityHealthApi,
} from '@leitstand/plugin-kit-react';
import Typography from '@mui/material/Typography';
import { useCallback } from 'react';
import { homeTranslationRef } from '../../translation';
import { EntityGroups } from './EntityGroups';
import { loadOwnedEntities, type OwnedEntities } from './loadOwnedEntities';
import { useEntityHealth } from './useEntityHealth';

const catalogOfOwned = '/catalog?filters[user]=owned';

/** The entities of the person and their groups, by type, with health as far as an area knows it. */
export function OwnedEntitiesCard(props: { healthApis: ApiRef<EntityHealthApi>[] }) {
  const { t } = useTranslationRef(homeTranslationRef);
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  const load = useCallback(() => loadOwnedEntities({ catalogApi, identityApi }), [catalogApi, identityApi]);
  const { value, error, isLoading, reload } = useResource(load);
  return (
    <HomeCard
      title={t('owned.title')}
      action={value && value.entities.length > 0 && <Link to={catalogOfOwned}>{t('owned.all')}</Link>}
    >
      {isLoading && <LoadingState label={t('owned.loading')} />}
      {error !== undefined && <ErrorState error={error} onRetry={reload} />}
      {value && <OwnedEntitiesContent owned={value} healthApis={props.healthApis} />}
    </HomeCard>
  );
}

function OwnedEntitiesContent(props: { owned: OwnedEntities; healthApis: ApiRef<EntityHealthApi>[] }) {
  const { t } = useTranslationRef(homeTranslationRef);
  const { entities, totalCount, groupRefs } = props.owned;
  const health = useEntityHealth(props.healthApis, entities);
  if (entities.length === 0) {
    return (
      <EmptyState
        title={t('owned.empty')}
        advice={
          groupRefs.length === 0
            ? t('owned.emptyAdviceWithoutGroups')
            : t('owned.emptyAdvice', { groups: groupRefs.join(', ') })
        }
        action={<Link to="/catalog">{t('owned.openCatalog')}</Link>}
      />
    );
  }
  return (
    <>
      <EntityGroups entities={entities} health={health} />
      {totalCount > entities.length && (
        <Typography variant="body2" color="text.secondary" sx={{ padding: '0 16px 12px' }}>
          {t('owned.more', { entityCount: String(totalCount - entities.length) })}
        </Typography>
      )}
    </>
  );
}
