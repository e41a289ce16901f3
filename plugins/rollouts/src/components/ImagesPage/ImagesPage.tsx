import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  EmptyState,
  ErrorState,
  FilterText,
  LoadingState,
  PageFrame,
  useFilterInAddress,
} from '@leitstand/plugin-kit-react';
import type { RunningImages } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { fleetTranslationRef } from '../../fleetTranslation';
import { useImages } from '../../hooks/useImages';
import { describeImages } from '../../model/describeImages';
import { formatImageFilter, parseImageFilter, type ImageFilter } from '../../model/imageFilter';
import { ClusterNotes } from '../ClusterNotes';
import { FirstRows } from '../FirstRows';
import { ImagesTable } from './ImagesTable';

const filterFormat = { parse: parseImageFilter, format: formatImageFilter };

/** What runs where: image, version, workloads; differences between clusters first. */
export function ImagesPage() {
  const { t } = useTranslationRef(fleetTranslationRef);
  const [filter, setFilter] = useFilterInAddress<ImageFilter>(filterFormat);
  const { value, error, reload } = useImages();
  return (
    <PageFrame>
      <Box
        role="group"
        aria-label={t('filter.label')}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', paddingTop: 1 }}
      >
        <FilterText label={t('images.text')} value={filter.text} onChange={text => setFilter({ ...filter, text })} />
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              checked={filter.isDifferingOnly ?? false}
              onChange={event => setFilter({ ...filter, isDifferingOnly: event.target.checked || undefined })}
            />
          }
          label={t('filter.differing')}
        />
      </Box>
      {error !== undefined && value && (
        <Alert severity="warning" role="status">
          {t('workloads.refreshFailed')}
        </Alert>
      )}
      <Paper sx={{ overflow: 'hidden' }}>
        {!value && error === undefined && <LoadingState lines={12} />}
        {!value && error !== undefined && <ErrorState error={error} onRetry={reload} />}
        {value && <ImagesContent running={value} filter={filter} />}
      </Paper>
    </PageFrame>
  );
}

function ImagesContent(props: { running: RunningImages; filter: ImageFilter }) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const { running, filter } = props;
  const { text, isDifferingOnly } = filter;
  const images = useMemo(
    () => describeImages(running.items, { text, isDifferingOnly }),
    [running.items, text, isDifferingOnly],
  );
  return (
    <>
      <ClusterNotes list={running} />
      <Typography role="status" variant="body2" color="text.secondary" sx={{ padding: '8px 16px' }}>
        {t('images.count', { count: images.length })}
      </Typography>
      {images.length > 0 && <FirstRows rows={images}>{rows => <ImagesTable images={rows} />}</FirstRows>}
      {images.length === 0 && running.items.length > 0 && (
        <EmptyState title={t('images.nothingFits')} advice={t('images.nothingFitsAdvice')} />
      )}
      {running.items.length === 0 && <EmptyState title={t('images.empty')} advice={t('images.emptyAdvice')} />}
    </>
  );
}
