import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { kitReactTranslationRef } from '../translation';
import { ClearFiltersButton } from './ClearFiltersButton';

/** The filters of a list beside each other. */
export function FilterBar(props: {
  children: ReactNode;
  /** Takes all filters away. Given only while there are some. */
  onClear?: () => void;
  /** At the end of the row, for example how many fit. */
  note?: ReactNode;
}) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  return (
    <Box
      role="group"
      aria-label={t('filter.label')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', paddingTop: 1 }}
    >
      {props.children}
      {props.onClear && <ClearFiltersButton onClick={props.onClear} />}
      {props.note}
    </Box>
  );
}
