import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { activityRouteRef, catalogSourcesRouteRef, systemsRouteRef } from '../../routes';
import { connectionsTranslationRef } from '../../translation';

/** The page of the portal that says more of an area's trouble; nothing where there is none. */
export function AreaLink(props: { area: string }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const systems = useRouteRef(systemsRouteRef);
  const sources = useRouteRef(catalogSourcesRouteRef);
  const activity = useRouteRef(activityRouteRef);
  switch (props.area) {
    case 'catalog-sources':
      return <Link to={sources()}>{t('health.link.sources')}</Link>;
    case 'ml-models':
    case 'rollouts':
      return <Link to={systems()}>{t('health.link.systems')}</Link>;
    case 'operations':
      return activity ? <Link to={`${activity()}?state=needs-attention`}>{t('health.link.attention')}</Link> : null;
    default:
      return null;
  }
}
