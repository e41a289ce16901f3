import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Fact, FactList } from '@leitstand/plugin-kit-react';
import type { Approval, Run, RunPermissions } from '@leitstand/plugin-operations-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { operationsApiRef } from '../../api';
import { useAction } from '../../hooks/useAction';
import { useApprovals } from '../../hooks/useApprovals';
import { operationsReactTranslationRef } from '../../translation';
import { EntityRefList } from '../EntityRefList';
import { ExactTime } from '../ExactTime';
import { FailureAlert } from '../FailureAlert';
import { PeopleText } from '../PeopleText';

/** Who may say yes to a run, until when, and what was said; with the two buttons for those who may. */
export function ApprovalPanel(props: {
  run: Run;
  approval: Approval;
  /** Undefined while they are not known. */
  permissions: RunPermissions | undefined;
  /** With the run as it is after the answer. */
  onAnswered: (run: Run) => void;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { run, approval, permissions } = props;
  const isWaiting = run.state === 'awaiting-approval' && approval.state === 'waiting';
  return (
    <Stack spacing={1.5}>
      <ApprovalFacts approval={approval} />
      {isWaiting && permissions?.approve.isAllowed && (
        <Answer run={run} approval={approval} onAnswered={props.onAnswered} />
      )}
      {isWaiting && permissions?.approve.isAllowed === false && (
        <Typography variant="body2" color="text.secondary">
          {permissions.approve.refusal === undefined ? (
            t('approval.notYouUnknown')
          ) : (
            <PeopleText text={permissions.approve.refusal} />
          )}
        </Typography>
      )}
    </Stack>
  );
}

function ApprovalFacts(props: { approval: Approval }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { approval } = props;
  return (
    <FactList>
      <Fact term={t(`approval.state.${approval.state}`)}>
        {approval.decidedBy && <EntityRefLink entityRef={approval.decidedBy} defaultKind="user" hideIcon />}
        {approval.decidedAt && (
          <>
            {approval.decidedBy && ', '}
            <ExactTime time={approval.decidedAt} />
          </>
        )}
        {!approval.decidedBy && !approval.decidedAt && approval.kind === 'approval' && (
          <EntityRefList entityRefs={approval.approvers} />
        )}
        {!approval.decidedBy && approval.kind === 'confirmation' && t('waiting.confirmation')}
      </Fact>
      {approval.state === 'waiting' && (
        <Fact term={t('waiting.expires')}>
          <ExactTime time={approval.expiresAt} />
        </Fact>
      )}
      {approval.comment && <Fact term={t('approval.comment')}>{approval.comment}</Fact>}
    </FactList>
  );
}

function Answer(props: { run: Run; approval: Approval; onAnswered: (run: Run) => void }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const operations = useApi(operationsApiRef);
  const [comment, setComment] = useState('');
  const [isCommentMissing, setIsCommentMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { isBusy, error, act } = useAction();
  const { reload } = useApprovals();
  const { run, approval, onAnswered } = props;
  const said = comment.trim();
  const answer = (ask: () => Promise<Run>) =>
    act(async () => {
      onAnswered(await ask());
      reload();
    });
  const approve = () => answer(() => operations.approveRun(run.id, said ? { comment: said } : {}));
  const reject = () => {
    setIsCommentMissing(said === '');
    if (said === '') field.current?.focus();
    else answer(() => operations.rejectRun(run.id, { comment: said }));
  };
  return (
    <Stack spacing={1.5}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: '8px 16px' }}>
        <TextField
          label={t('approval.comment')}
          helperText={isCommentMissing ? t('approval.commentMissing') : t('approval.commentHelp')}
          error={isCommentMissing}
          value={comment}
          onChange={event => setComment(event.target.value)}
          inputRef={field}
          inputProps={{ maxLength: 1000 }}
          multiline
          maxRows={5}
          size="small"
          sx={{ flex: '1 1 320px' }}
        />
        <Stack direction="row" spacing={1} sx={{ alignSelf: 'flex-start' }}>
          <Button variant="contained" onClick={approve} disabled={isBusy}>
            {approval.kind === 'confirmation' ? t('approval.confirm') : t('approval.approve')}
          </Button>
          <Button variant="outlined" color="error" onClick={reject} disabled={isBusy}>
            {t('approval.reject')}
          </Button>
        </Stack>
      </Box>
      {error !== undefined && <FailureAlert title={t('approval.failed')} error={error} />}
    </Stack>
  );
}
