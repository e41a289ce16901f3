import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VisuallyHidden } from '@backstage/ui';
import { useApprovals } from '@leitstand/plugin-operations-react';
import HistoryIcon from '@mui/icons-material/History';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import { operationsTranslationRef } from '../../translation';

const maxShown = 99;

/**
 * The area's icon in the navigation, with how many runs wait for this person. The number is drawn by style: the
 * navigation names its links itself, and visible text that is not in the name would mislead who speaks to the page.
 */
export function ActivityIcon() {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { value } = useApprovals();
  const count = value?.items.length ?? 0;
  const shown = count > maxShown ? `${maxShown}+` : String(count);
  return (
    <>
      <Badge
        badgeContent={<Box component="span" sx={{ '&::before': { content: `"${shown}"` } }} />}
        invisible={count === 0}
        color="error"
        aria-hidden
        sx={{ '& [class*=MuiBadge-badge]': { height: 15, minWidth: 15, padding: '0 4px', fontSize: 10 } }}
      >
        <HistoryIcon fontSize="inherit" />
      </Badge>
      <VisuallyHidden role="status">{count > 0 && t('waiting.badge', { count })}</VisuallyHidden>
    </>
  );
}
