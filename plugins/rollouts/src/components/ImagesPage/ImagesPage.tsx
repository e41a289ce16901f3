import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  EmptyState,
  ErrorState,
  FilterBar,
  FilterCheckbox,
  FilterText,
  LoadingState,
  PageFrame,
  useFilterInAddress,
} from '@leitstand/plugin-kit-react';
import type { RunningImages } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
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
      <FilterBar>
        <FilterText label={t('images.text')} value={filter.text} onChange={text => setFilter({ ...filter, text })} />
        <FilterCheckbox
          label={t('filter.differing')}
          value={filter.isDifferingOnly}
          onChange={isDifferingOnly => setFilter({ ...filter, isDifferingOnly })}
        />
      </FilterBar>
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
