import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import type { Run } from '@leitstand/plugin-operations-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { runRouteRef } from '../../routes';
import { operationsReactTranslationRef } from '../../translation';
import { PeopleText } from '../PeopleText';
import { Elapsed, RunStateChip } from '../RunView';

/** One run: what with a link and why, on what, who, when, how long. */
export function RunRow(props: { run: Run; isOfOneEntity: boolean }) {
  const runLink = useRouteRef(runRouteRef);
  const { run } = props;
  return (
    <TableRow>
      <TableCell>
        <RunStateChip state={run.state} />
      </TableCell>
      <TableCell>
        <Link to={runLink({ id: run.id })}>{run.summary}</Link>
        <RunNote run={run} />
        <BreakGlassNote run={run} />
      </TableCell>
      {!props.isOfOneEntity && (
        <TableCell>
          <EntityRefLink entityRef={run.entityRef} hideIcon />
        </TableCell>
      )}
      <TableCell>{run.environment}</TableCell>
      <TableCell>
        <EntityRefLink entityRef={run.requester} defaultKind="user" hideIcon />
      </TableCell>
      <TableCell>
        <RelativeTime time={run.createdAt} />
      </TableCell>
      <TableCell sx={{ fontVariantNumeric: 'tabular-nums' }}>
        <Elapsed span={run} />
      </TableCell>
    </TableRow>
  );
}

/** That somebody let it pass by a freeze or an approval: whoever reads the ledger looks for these. */
function BreakGlassNote({ run: { breakGlass } }: { run: Run }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  if (!breakGlass) return null;
  const text = t('breakGlass.note', { reason: breakGlass.reason });
  return (
    <Typography variant="body2" color="error.main" title={text} noWrap>
      {text}
    </Typography>
  );
}

/** What went wrong, or who said no; else why it was asked for. */
function RunNote(props: { run: Run }) {
  const { state, approval, error, reason } = props.run;
  const rejectedBy = state === 'rejected' ? approval?.decidedBy : undefined;
  const text = rejectedBy ? approval?.comment : (error?.message ?? reason);
  if (!text) return null;
  return (
    <Typography variant="body2" color="text.secondary" title={text} noWrap>
      {rejectedBy && (
        <>
          <EntityRefLink entityRef={rejectedBy} defaultKind="user" hideIcon />
          {': '}
        </>
      )}
      <PeopleText text={text} />
    </Typography>
  );
}
