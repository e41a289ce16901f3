import type { FreezeRequest, FreezeScope } from '@leitstand/plugin-operations-common';

/** A freeze as far as a person has filled it in. Times are ISO 8601. */
export interface FreezeDraft {
  scope: FreezeScope;
  reason: string;
  /** Left out: now. */
  startsAt?: string;
  endsAt?: string;
}

/** What is missing or wrong; each is a key of the texts of the form. */
export interface FreezeComplaints {
  scope?: 'scopeMissing';
  reason?: 'reasonMissing';
  end?: 'endMissing' | 'endTooEarly';
}

/** The draft as the door wants it, or what keeps it from being one. The door checks again, with its own clock. */
export function checkFreeze(
  draft: FreezeDraft,
  now: Date,
): { request: FreezeRequest; complaints?: undefined } | { request?: undefined; complaints: FreezeComplaints } {
  const { scope, startsAt, endsAt } = draft;
  const reason = draft.reason.trim();
  const complaints: FreezeComplaints = {
    scope: Object.values(scope).some(Boolean) ? undefined : 'scopeMissing',
    reason: reason === '' ? 'reasonMissing' : undefined,
    end: endOf(draft, now),
  };
  if (endsAt === undefined || Object.values(complaints).some(Boolean)) return { complaints };
  return { request: { scope, reason, endsAt, ...(startsAt && { startsAt }) } };
}

function endOf({ startsAt, endsAt }: FreezeDraft, now: Date): FreezeComplaints['end'] {
  if (endsAt === undefined) return 'endMissing';
  const beginMs = Math.max(now.getTime(), startsAt === undefined ? 0 : Date.parse(startsAt));
  return Date.parse(endsAt) <= beginMs ? 'endTooEarly' : undefined;
}
