import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { CountedIcon } from '@leitstand/plugin-kit-react';
import { useApprovals } from '@leitstand/plugin-operations-react';
import HistoryIcon from '@mui/icons-material/History';
import { operationsTranslationRef } from '../../translation';

/** The area's icon in the navigation, with how many runs wait for this person. */
export function ActivityIcon() {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { value } = useApprovals();
  const count = value?.items.length ?? 0;
  return (
    <CountedIcon count={count} meaning={t('waiting.badge', { count })}>
      <HistoryIcon fontSize="inherit" />
    </CountedIcon>
  );
}
