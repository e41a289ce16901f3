import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@mui/material/Typography';
import { activityRouteRef, catalogSourcesRouteRef, systemsRouteRef } from '../../routes';
import { connectionsTranslationRef } from '../../translation';

/** The page of the portal that says more of an area's trouble, on a line of its own; nothing where there is none. */
export function AreaLink(props: { area: string }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const systems = useRouteRef(systemsRouteRef);
  const sources = useRouteRef(catalogSourcesRouteRef);
  const activity = useRouteRef(activityRouteRef);
  switch (props.area) {
    case 'catalog-sources':
      return <LinkLine to={sources()} text={t('health.link.sources')} />;
    case 'ml-models':
    case 'rollouts':
      return <LinkLine to={systems()} text={t('health.link.systems')} />;
    case 'operations':
      if (!activity) return null;
      return <LinkLine to={`${activity()}?state=needs-attention`} text={t('health.link.attention')} />;
    default:
      return null;
  }
}

function LinkLine(props: { to: string; text: string }) {
  return (
    <Typography variant="body2">
      <Link to={props.to}>{props.text}</Link>
    </Typography>
  );
}
