import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import { compareFormat, maxComparedCount } from '../../model/compareFormat';
import { modelsPaths, modelsRouteRef } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';

/** What was chosen, and the way to compare it. */
export function CompareBar(props: { selected: readonly string[]; onClear: () => void }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const root = useRouteRef(modelsRouteRef);
  const { selected } = props;
  const isEnough = selected.length >= 2;
  return (
    <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap', minHeight: 36 }}>
      <Button
        variant="outlined"
        size="small"
        disabled={!isEnough}
        component={Link}
        to={`${root()}/${modelsPaths.compare}?${compareFormat.format({ models: [...selected] }).toString()}`}
      >
        {t('list.compare', { count: selected.length })}
      </Button>
      {selected.length > 0 && (
        <Button size="small" onClick={props.onClear}>
          {t('list.clearSelection')}
        </Button>
      )}
      <Typography variant="body2" color="text.secondary">
        {t('list.compareHint', { max: String(maxComparedCount) })}
      </Typography>
    </Box>
  );
}
