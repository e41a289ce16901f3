import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { formatDuration, useLocale } from '@leitstand/plugin-kit-react';
import type { ApprovalRequirement } from '@leitstand/plugin-operations-common';
import HowToRegIcon from '@mui/icons-material/HowToReg';
import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { operationsReactTranslationRef } from '../../translation';
import { EntityRefList } from '../EntityRefList';

/** Says before a run is asked for who would have to say yes, and how long it would wait. */
export function ApprovalNote(props: { approval: ApprovalRequirement }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const locale = useLocale();
  const { approvers, expiresAfterHours } = props.approval;
  return (
    <Alert severity="info" role="note" icon={<HowToRegIcon fontSize="small" />}>
      <Typography variant="body2" component="p">
        {t('dialog.approvalBy')} <EntityRefList entityRefs={approvers} />
      </Typography>
      <Typography variant="body2" component="p">
        {t('dialog.approvalNotYou')}{' '}
        {t('dialog.approvalExpires', { time: formatDuration(expiresAfterHours * 3_600_000, locale) })}
      </Typography>
    </Alert>
  );
}
