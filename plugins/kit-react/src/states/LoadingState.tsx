import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { kitReactTranslationRef } from '../translation';

const widths = ['92%', '78%', '85%', '64%'];

/** A view whose data is on its way: as many grey lines as the data will roughly have, so that the page does not jump. */
export function LoadingState(props: {
  /** Default: 4. */
  lines?: number;
  /** What is being loaded, for screen readers. Default: "Loading". */
  label?: string;
}) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  return (
    <Box role="status" aria-busy="true" aria-label={props.label ?? t('loading.label')} sx={{ padding: 2 }}>
      {Array.from({ length: props.lines ?? 4 }, (_, index) => (
        <Skeleton key={index} variant="text" width={widths[index % widths.length]} sx={{ fontSize: 15 }} />
      ))}
    </Box>
  );
}
