import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { StatusChip } from '@leitstand/plugin-kit-react';
import type { Freeze } from '@leitstand/plugin-operations-common';
import { ExactTime, FreezeScope } from '@leitstand/plugin-operations-react';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { operationsTranslationRef } from '../../translation';
import { EndFreezeButton } from './EndFreezeButton';

const tones = { planned: 'info', active: 'warning', over: 'ok' } as const;

/** Freezes, one a row. */
export function FreezeTable(props: {
  freezes: Freeze[];
  /** Left out where the reader may not end any. */
  onEnded?: () => void;
}) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { freezes, onEnded } = props;
  return (
    <TableContainer>
      <Table aria-label={t('freezes.label')} sx={{ minWidth: 880 }}>
        <TableHead>
          <TableRow>
            <TableCell width={110}>{t('freezes.state')}</TableCell>
            <TableCell>{t('freezes.what')}</TableCell>
            <TableCell>{t('freezes.why')}</TableCell>
            <TableCell>{t('freezes.from')}</TableCell>
            <TableCell>{t('freezes.until')}</TableCell>
            <TableCell>{t('freezes.who')}</TableCell>
            {onEnded && <TableCell width={90}>{t('freezes.actions')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {freezes.map(freeze => (
            <FreezeRow key={freeze.id} freeze={freeze} onEnded={onEnded} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function FreezeRow(props: { freeze: Freeze; onEnded?: () => void }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { freeze, onEnded } = props;
  return (
    <TableRow>
      <TableCell>
        <StatusChip tone={tones[freeze.state]} label={t(`freezes.stateOf.${freeze.state}`)} />
      </TableCell>
      <TableCell>
        <FreezeScope scope={freeze.scope} />
        {freeze.unconfirmed && (
          <Typography variant="body2" color="warning.main">
            {t('freezes.unconfirmed', { places: namesOf(freeze.unconfirmed) || t('freezes.everywhere') })}
          </Typography>
        )}
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>{freeze.reason}</TableCell>
      <TableCell>
        <ExactTime time={freeze.startsAt} />
      </TableCell>
      <TableCell>
        <ExactTime time={freeze.endsAt} />
        {freeze.endedBy && (
          <Typography variant="body2" component="div" color="text.secondary">
            {t('freezes.endedBy')} <EntityRefLink entityRef={freeze.endedBy} defaultKind="user" hideIcon />
          </Typography>
        )}
      </TableCell>
      <TableCell>
        <EntityRefLink entityRef={freeze.createdBy} defaultKind="user" hideIcon />
      </TableCell>
      {onEnded && (
        <TableCell>{freeze.state !== 'over' && <EndFreezeButton freeze={freeze} onEnded={onEnded} />}</TableCell>
      )}
    </TableRow>
  );
}

/** `cluster/namespace`, or `project/dataset`; empty where everything is meant. */
function namesOf(places: NonNullable<Freeze['unconfirmed']>): string {
  return places
    .map(({ cluster, namespace, project, dataset }) => [cluster ?? project, namespace ?? dataset])
    .map(names => names.filter(name => name !== undefined).join('/'))
    .join(', ');
}
