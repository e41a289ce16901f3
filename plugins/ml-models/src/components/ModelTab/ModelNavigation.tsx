import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { Link, useLocation } from 'react-router-dom';
import { modelViews, useModelLink, type ModelViewName } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';

/** The way to the views of a model: links, so that each can be opened beside and sent to somebody. */
export function ModelNavigation(props: { entityRef: string; isKnownType: boolean }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const modelLink = useModelLink();
  const { pathname } = useLocation();
  const { entityRef, isKnownType } = props;
  const asked = pathname.replace(/\/+$/, '').split('/').at(-1) as ModelViewName;
  const views = modelViews.filter(view => isKnownType || (view !== 'predict' && view !== 'serving'));
  const shown = views.includes(asked) ? asked : 'overview';
  return (
    <Box
      component="nav"
      aria-label={t('model.views')}
      sx={{ display: 'flex', overflowX: 'auto', borderBottom: 1, borderColor: 'divider' }}
    >
      {views.map(view => (
        <ButtonBase
          key={view}
          component={Link}
          to={modelLink(entityRef, view)}
          aria-current={view === shown ? 'page' : undefined}
          sx={{
            padding: '8px 14px',
            fontSize: 14,
            fontWeight: view === shown ? 600 : 500,
            whiteSpace: 'nowrap',
            color: view === shown ? 'primary.main' : 'text.secondary',
            borderBottom: 2,
            borderColor: view === shown ? 'primary.main' : 'transparent',
            '&:hover, &:focus-visible': { color: 'text.primary', backgroundColor: 'action.hover' },
          }}
        >
          {t(`view.${view}`)}
        </ButtonBase>
      ))}
    </Box>
  );
}
