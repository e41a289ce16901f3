import { describeSafely } from '@leitstand/plugin-kit-node';
import type { Approval, Run } from '@leitstand/plugin-operations-common';
import type { PlanStore } from '../database/PlanStore';
import type { RunListing } from '../database/RunListing';
import type { RunChange, RunStore } from '../database/RunStore';
import type { UnfinishedState } from '../database/runRow';
import type { RunExecutor } from '../execution/RunExecutor';
import type { FreezeService } from '../governance/FreezeService';
import type { LedgerEvent } from '../ledger/LedgerEntry';
import type { LedgerStore } from '../ledger/LedgerStore';
import type { Caller } from './Caller';
import { resourceOfRun } from './planResource';
import { approvalNotWaiting, approvalRejected } from './runErrors';
import type { RunRights } from './RunRights';
import { expiryOf, type RunService } from './RunService';

/** How many runs that a person may decide on are listed, and how many waiting ones are looked through for them. */
const maxListedCount = 200;
const maxWaitingCount = 5_000;

/** What the service stands on. */
export interface ApprovalServiceOptions {
  runService: RunService;
  rights: RunRights;
  freezes: FreezeService;
  listing: RunListing;
  plans: PlanStore;
  runs: RunStore;
  ledger: LedgerStore;
  executor: RunExecutor;
}

/** What a decision does to a run, and what the ledger says of it. */
interface Decision {
  from: readonly UnfinishedState[];
  change: RunChange & { state: Run['state'] };
  event: LedgerEvent;
  document: Record<string, unknown>;
}

/** Lets people decide on runs that wait. */
export class ApprovalService {
  readonly #options: ApprovalServiceOptions;

  constructor(options: ApprovalServiceOptions) {
    this.#options = options;
  }

  /** Runs that wait for this person's yes or no, those that wait longest first; 200 of the first 5,000 that wait at most. */
  async list(caller: Caller): Promise<Run[]> {
    const found: Run[] = [];
    let count = 0;
    for await (const waiting of this.#options.listing.pages({ state: 'awaiting-approval' })) {
      found.push(...(await this.#decidable(waiting, caller)));
      count += waiting.length;
      if (found.length >= maxListedCount || count >= maxWaitingCount) break;
    }
    return found.slice(0, maxListedCount);
  }

  async #decidable(waiting: readonly Run[], caller: Caller): Promise<Run[]> {
    const { plans, rights } = this.#options;
    const planRights = await plans.findRights(waiting.map(({ planId }) => planId));
    const mayDecide = await Promise.all(
      waiting.map(async run => {
        const found = planRights.get(run.planId);
        if (!found) return false;
        return rights.assertMayDecide({ run, resource: resourceOfRun(run, found) }, caller).then(
          () => true,
          () => false,
        );
      }),
    );
    return waiting.filter((_, index) => mayDecide[index]);
  }

  /**
   * Says yes. The run begins, or is held while a freeze is on.
   *
   * @throws NotFoundError with code `RUN_NOT_FOUND`; ConflictError with code `APPROVAL_NOT_WAITING`; NotAllowedError with
   * code `APPROVAL_NOT_ALLOWED`
   */
  async approve(id: string, comment: string | undefined, caller: Caller): Promise<Run> {
    const { runService, rights, freezes } = this.#options;
    const { run, stored, resource } = await runService.getWithPlan(id);
    const approval = await rights.assertMayDecide({ run, resource }, caller);
    const isFrozen = (await freezes.activeFor(run)).length > 0;
    return this.#decide(run, {
      from: ['awaiting-approval'],
      change: {
        state: isFrozen ? 'held' : 'queued',
        approval: { ...approval, ...decisionOf('approved', caller), comment },
        ...(isFrozen && { expiresAt: expiryOf(stored.plan, new Date()) }),
      },
      event: 'approved',
      document: { by: caller.requester, kind: approval.kind, comment },
    });
  }

  /** Says no; the comment is for whoever asked. @throws as {@link approve} */
  async reject(id: string, comment: string, caller: Caller): Promise<Run> {
    const { runService, rights } = this.#options;
    const { run, resource } = await runService.getSubject(id);
    const approval = await rights.assertMayDecide({ run, resource }, caller);
    return this.#decide(run, {
      from: ['awaiting-approval'],
      change: {
        state: 'rejected',
        approval: { ...approval, ...decisionOf('rejected', caller), comment },
        error: describeSafely(approvalRejected(caller.requester, comment)),
      },
      event: 'rejected',
      document: { by: caller.requester, kind: approval.kind, comment },
    });
  }

  /**
   * Lets a run that waits or is held begin at once.
   *
   * @throws NotFoundError with code `RUN_NOT_FOUND`; NotAllowedError with code `BREAK_GLASS_NOT_ALLOWED`; ConflictError
   * with code `APPROVAL_NOT_WAITING` when nothing holds it up
   */
  async breakGlass(id: string, reason: string, caller: Caller): Promise<Run> {
    const { runService, rights } = this.#options;
    const { run, resource } = await runService.getSubject(id);
    await rights.assertMayBreakGlass(resource, caller);
    const { approval } = run;
    const breakGlass = { by: caller.requester, reason, at: new Date().toISOString() };
    return this.#decide(run, {
      from: ['awaiting-approval', 'held'],
      change: {
        state: 'queued',
        breakGlass,
        ...(approval?.state === 'waiting' && { approval: { ...approval, ...decisionOf('bypassed', caller) } }),
      },
      event: 'break-glass',
      document: breakGlass,
    });
  }

  async #decide(run: Run, { from, change, event, document }: Decision): Promise<Run> {
    const { runService, runs, ledger, executor } = this.#options;
    const isOurs = await runs.transaction(async transaction => {
      if (!(await runs.moveFrom(run.id, { from, change }, transaction))) return false;
      await ledger.append(transaction, { runId: run.id, event, document: { ...document, state: change.state } });
      return true;
    });
    if (!isOurs) throw approvalNotWaiting(await runService.get(run.id));
    if (change.state === 'queued') executor.kick(run.id);
    executor.announce(run.id);
    return runService.get(run.id);
  }
}

function decisionOf(state: Approval['state'], { requester }: Caller) {
  return { state, decidedBy: requester, decidedAt: new Date().toISOString() };
}
