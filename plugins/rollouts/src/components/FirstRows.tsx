import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { rolloutsTranslationRef } from '../translation';

/** Rows shown before somebody asks for all. */
const firstRowCount = 25;

/** The first rows of a long table, and a button for all of them. */
export function FirstRows<TRow>(props: { rows: TRow[]; children: (rows: TRow[]) => ReactNode }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const [isWhole, setIsWhole] = useState(false);
  const { rows, children } = props;
  const isCut = !isWhole && rows.length > firstRowCount;
  return (
    <>
      {children(isCut ? rows.slice(0, firstRowCount) : rows)}
      {isCut && (
        <Box sx={{ padding: 1, borderTop: 1, borderColor: 'divider' }}>
          <Button size="small" onClick={() => setIsWhole(true)}>
            {t('table.showAll', { count: rows.length })}
          </Button>
        </Box>
      )}
    </>
  );
}
