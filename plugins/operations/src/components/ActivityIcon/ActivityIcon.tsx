import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VisuallyHidden } from '@backstage/ui';
import { useApprovals } from '@leitstand/plugin-operations-react';
import HistoryIcon from '@mui/icons-material/History';
import Badge from '@mui/material/Badge';
import { operationsTranslationRef } from '../../translation';

/** The area's icon in the navigation, with how many runs wait for this person. */
export function ActivityIcon() {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { value } = useApprovals();
  const count = value?.items.length ?? 0;
  return (
    <>
      <Badge
        badgeContent={count}
        color="error"
        max={99}
        aria-hidden
        sx={{ '& [class*=MuiBadge-badge]': { height: 15, minWidth: 15, padding: '0 4px', fontSize: 10 } }}
      >
        <HistoryIcon fontSize="inherit" />
      </Badge>
      {count > 0 && <VisuallyHidden>{t('waiting.badge', { count })}</VisuallyHidden>}
    </>
  );
}
