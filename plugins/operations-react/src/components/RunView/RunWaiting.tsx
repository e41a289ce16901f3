import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Run } from '@leitstand/plugin-operations-common';
import HourglassEmptyIcon from '@mui/icons-material/HourglassEmpty';
import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { runRouteRef } from '../../routes';
import { operationsReactTranslationRef } from '../../translation';
import { CopyLinkButton } from '../CopyLinkButton';
import { EntityRefList } from '../EntityRefList';
import { ExactTime } from '../ExactTime';
import { FreezeNote } from '../Freeze';

/** What a run waits for: somebody's yes, the end of a freeze, or another run. Nothing where it does not wait. */
export function RunWaiting(props: { run: Run }) {
  const { run } = props;
  if (run.state === 'awaiting-approval' && run.approval) return <WaitsForYes run={run} approval={run.approval} />;
  if (run.state === 'held') return <Held run={run} />;
  if (run.state === 'queued' && run.waitsFor) return <Queued otherId={run.waitsFor} />;
  return null;
}

function WaitsForYes(props: { run: Run; approval: NonNullable<Run['approval']> }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { run, approval } = props;
  const runLink = useRouteRef(runRouteRef);
  return (
    <Alert severity="info" role="note" icon={<HourglassEmptyIcon fontSize="small" />}>
      <Typography variant="body2" component="div">
        {approval.kind === 'confirmation' ? (
          t('waiting.confirmation')
        ) : (
          <>
            {t('waiting.approval')} <EntityRefList entityRefs={approval.approvers} />
          </>
        )}
      </Typography>
      <Typography variant="body2" component="div">
        {t('waiting.expires')} <ExactTime time={approval.expiresAt} />
      </Typography>
      <CopyLinkButton path={runLink({ id: run.id })} />
    </Alert>
  );
}

function Held(props: { run: Run }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  return (
    <Stack spacing={1}>
      {props.run.heldBy.map(freeze => (
        <FreezeNote key={freeze.id} freeze={freeze} consequence={t('waiting.held')} />
      ))}
      {props.run.heldBy.length === 0 && (
        <Alert severity="info" role="note">
          {t('waiting.held')}
        </Alert>
      )}
    </Stack>
  );
}

function Queued(props: { otherId: string }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const runLink = useRouteRef(runRouteRef);
  return (
    <Alert severity="info" role="note" icon={<HourglassEmptyIcon fontSize="small" />}>
      {t('waiting.queued')} <Link to={runLink({ id: props.otherId })}>{t('waiting.otherRun')}</Link>
    </Alert>
  );
}
