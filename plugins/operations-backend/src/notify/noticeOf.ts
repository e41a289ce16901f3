import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Freeze, Run } from '@leitstand/plugin-operations-common';
import type { RunDetails } from '../database/runRow';
import type { NewLedgerEntry } from '../ledger/LedgerStore';

/** A run that something happened to, as far as people are told of it. */
export interface NoticeSubject {
  run: NoticedRun;
  /** Groups and people whose ownership was confirmed upstream. */
  owners: readonly string[];
  link: string;
}

/** What a notice says of a run. */
export type NoticedRun = Omit<Run, keyof RunDetails>;

/** Topic of what is said about freezes; that of a run is its operation's id. */
const freezeTopic = 'freezes';

/** For so long people look at what they asked for, in milliseconds. */
const watchedForMs = 60_000;

/** Whether anybody may be told of an entry; most are of runs that take their course. */
export function isNoticed({ event, document }: NewLedgerEntry): boolean {
  if (event === 'requested') return document.state !== 'queued';
  return !['started', 'released', 'entries-removed', 'freeze-confirmed'].includes(event);
}

/** Whom to tell what about a run; undefined where nobody needs to know. */
export function noticeOfRun(entry: NewLedgerEntry, subject: NoticeSubject): NotificationSendOptions | undefined {
  const { run, owners, link } = subject;
  const { requester, summary, approval } = run;
  const by = typeof entry.document.by === 'string' ? entry.document.by : undefined;
  const tell = (recipients: readonly string[], title: string, more: Partial<NotificationSendOptions['payload']> = {}) =>
    noticeTo(recipients, {
      exclude: by,
      payload: { title, link, topic: run.operation, scope: `run:${run.id}`, severity: 'normal', ...more },
    });
  switch (entry.event) {
    case 'requested':
      if (entry.document.state === 'held') return tell([requester], `Held by a freeze: ${summary}`);
      if (entry.document.state !== 'awaiting-approval' || !approval) return undefined;
      if (approval.kind === 'confirmation') return tell([requester], `A tool asks in your name: ${summary}`);
      return noticeTo(approval.approvers, {
        exclude: requester,
        payload: {
          ...{ title: `Waits for your yes: ${summary}`, description: run.reason, link, severity: 'high' },
          ...{ topic: run.operation, scope: `run:${run.id}` },
        },
      });
    case 'approved':
      return tell([requester], `Approved: ${summary}`);
    case 'rejected':
      return tell([requester], `Rejected: ${summary}`, { severity: 'high', description: approval?.comment });
    case 'break-glass': {
      const concerned = [requester, ...owners, ...(approval?.approvers ?? [])];
      const { reason: description } = run.breakGlass ?? {};
      return tell(concerned, `Break-glass: ${summary}`, { severity: 'critical', description });
    }
    case 'held':
      return tell([requester], `Held by a freeze: ${summary}`);
    case 'expired':
      return tell([requester], `Nobody said yes in time, or a freeze lasted too long: ${summary}`, {
        severity: 'high',
      });
    case 'finished':
    case 'cancelled': {
      const isSeen = wasSeenByRequester(run);
      const payload = {
        ...{ title: `${titleOfEnd[run.state] ?? run.state}: ${summary}`, link, topic: run.operation },
        ...{ description: run.error?.message ?? run.result, scope: `run:${run.id}` },
        severity: severityOfEnd[run.state] ?? ('low' as const),
      };
      if (isSeen) return noticeTo(owners, { exclude: requester, payload });
      return noticeTo([requester, ...owners], { exclude: by, payload });
    }
    default:
      return undefined;
  }
}

/** Somebody who clicks and sees it succeed needs no mail about it; the others that it concerns do. */
function wasSeenByRequester({ face, state, createdAt, finishedAt }: NoticedRun): boolean {
  if (face !== 'portal' || state !== 'succeeded' || finishedAt === undefined) return false;
  return Date.parse(finishedAt) - Date.parse(createdAt) < watchedForMs;
}

const titleOfEnd: Partial<Record<Run['state'], string>> = {
  ...{ succeeded: 'Done', failed: 'Failed', cancelled: 'Cancelled', 'needs-attention': 'Needs attention' },
};

const severityOfEnd: Partial<Record<Run['state'], 'high' | 'critical'>> = {
  ...{ failed: 'high', 'needs-attention': 'critical' },
};

/** A freeze of an entity is for its owners; any other may concern everybody. */
export function noticeOfFreeze(
  event: 'freeze-created' | 'freeze-ended',
  { id, scope, reason, startsAt, endsAt }: Freeze,
): NotificationSendOptions {
  const place = Object.entries(scope)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key === 'entityRef' ? 'entity' : key} ${value}`);
  const title = `${event === 'freeze-created' ? 'Freeze' : 'Freeze ended'}: ${place.join(', ')}`;
  return {
    recipients: scope.entityRef === undefined ? { type: 'broadcast' } : { type: 'entity', entityRef: scope.entityRef },
    payload: {
      ...{ title, topic: freezeTopic, scope: `freeze:${id}`, severity: 'normal', link: '/activity/freezes' },
      description: event === 'freeze-created' ? `${reason} (${startsAt} to ${endsAt})` : reason,
    },
  };
}

function noticeTo(
  recipients: readonly string[],
  { exclude, payload }: { exclude: string | undefined; payload: NotificationSendOptions['payload'] },
): NotificationSendOptions | undefined {
  if (recipients.every(recipient => recipient === exclude)) return undefined;
  return {
    recipients: { type: 'entity', entityRef: [...new Set(recipients)], ...(exclude && { excludeEntityRef: exclude }) },
    payload,
  };
}
