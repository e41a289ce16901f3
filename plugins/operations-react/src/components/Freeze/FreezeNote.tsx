import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Freeze } from '@leitstand/plugin-operations-common';
import AcUnitIcon from '@mui/icons-material/AcUnit';
import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { operationsReactTranslationRef } from '../../translation';
import { ExactTime } from '../ExactTime';
import { FreezeScope } from './FreezeScope';

/** A freeze that concerns what is on the screen: what, until when, why, by whom. */
export function FreezeNote(props: {
  freeze: Freeze;
  /** What follows for the reader. */
  consequence?: ReactNode;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { freeze, consequence } = props;
  const isPlanned = freeze.state === 'planned';
  return (
    <Alert severity={isPlanned ? 'info' : 'warning'} role="note" icon={<AcUnitIcon fontSize="small" />}>
      <Typography variant="subtitle2" component="p" sx={{ overflowWrap: 'anywhere' }}>
        {isPlanned ? t('freeze.planned') : t('freeze.frozen')}
        {': '}
        {freeze.reason}
      </Typography>
      <Typography variant="body2" component="p">
        <FreezeScope scope={freeze.scope} />
        {isPlanned && (
          <>
            {' '}
            {t('freeze.from')} <ExactTime time={freeze.startsAt} />
          </>
        )}{' '}
        {t('freeze.until')} <ExactTime time={freeze.endsAt} /> {t('freeze.by')}{' '}
        <EntityRefLink entityRef={freeze.createdBy} defaultKind="user" hideIcon />
      </Typography>
      {consequence && (
        <Typography variant="body2" component="p">
          {consequence}
        </Typography>
      )}
    </Alert>
  );
}
