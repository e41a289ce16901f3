import { planSchema, type Plan, type PlanState } from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import { z } from 'zod/v3';
import { policyInputOf } from '../policyInput';
import { statementOf, type Write } from './Write';

/** A plan with what the API does not show. */
export interface StoredPlan {
  plan: Plan;
  /** Entity references of the owners that upstream confirmed when the plan was made. */
  confirmedOwners: string[];
  /** What the plan depends on; fits the operation's schema. */
  basis: unknown;
}

/** What rights on a plan need besides what its run says; light enough for many at once. */
export interface PlanRights {
  confirmedOwners: string[];
  /** As {@link policyInputOf} gives it. */
  input: Record<string, unknown>;
}

interface PlanRow {
  id: string;
  requester: string;
  state: string;
  expires_at: string;
  document: string;
  confirmed_owners: string;
  basis: string;
  /** Null in plans from before it was kept. */
  policy_input: string | null;
}

/** The table `plans`. */
export class PlanStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  async insert({ plan, confirmedOwners, basis }: StoredPlan): Promise<void> {
    const { state, ...document } = plan;
    await this.#database<PlanRow>('plans').insert({
      id: plan.id,
      requester: plan.requester,
      state,
      expires_at: plan.expiresAt,
      document: JSON.stringify(document),
      confirmed_owners: JSON.stringify(confirmedOwners),
      basis: JSON.stringify(basis),
      policy_input: JSON.stringify(policyInputOf(plan.input)),
    });
  }

  /** Plans past their time are marked as expired when somebody looks at them. */
  async find(id: string): Promise<StoredPlan | undefined> {
    const now = new Date().toISOString();
    const row = await this.#database<PlanRow>('plans').where({ id }).first();
    if (row?.state === 'open' && row.expires_at <= now) {
      await statementOf(this.#database, leaveOpen(id, 'expired'));
      return this.find(id);
    }
    return row && fromRow(row);
  }

  /** What rights on plans need, by id: neither whole inputs nor documents, which may be megabytes, are read. */
  async findRights(ids: readonly string[]): Promise<Map<string, PlanRights>> {
    const rows = await this.#database<PlanRow>('plans')
      .whereIn('id', ids)
      .select<RightsRow[]>(
        ...['id', 'confirmed_owners', 'policy_input'],
        this.#database.raw('case when policy_input is null then document end as document'),
      );
    return new Map(rows.map(row => [row.id, { confirmedOwners: ownersOf(row), input: inputOf(row) }]));
  }

  /** Removes plans that nobody has run and that expired before a time, so many at most. */
  async removeExpiredBefore(time: string, limit: number): Promise<number> {
    const used = this.#database('runs').select('plan_id');
    const expired = this.#database<PlanRow>('plans')
      .where('expires_at', '<', time)
      .whereNotIn('id', used)
      .limit(limit)
      .select('id');
    return this.#database<PlanRow>('plans').whereIn('id', expired).delete();
  }

  /** What a used plan becomes when its run finds that upstream is no longer as planned. */
  async markStale(id: string): Promise<void> {
    await this.#database<PlanRow>('plans').where({ id }).update({ state: 'stale' });
  }
}

/** `document` only where there is no `policy_input`. */
type RightsRow = Pick<PlanRow, 'id' | 'confirmed_owners' | 'policy_input'> & { document: string | null };

function inputOf({ policy_input: input, document }: RightsRow): Record<string, unknown> {
  if (input !== null) return z.record(z.unknown()).parse(JSON.parse(input));
  return policyInputOf(planSchema.pick({ input: true }).parse(JSON.parse(document ?? '{}')).input);
}

function ownersOf(row: Pick<PlanRow, 'confirmed_owners'>): string[] {
  return z.array(z.string()).parse(JSON.parse(row.confirmed_owners));
}

/** Moves a plan out of `open`, if it is open still: of many callers, one wins. */
export function leaveOpen(id: string, state: Exclude<PlanState, 'open'>): Write {
  return { table: 'plans', where: { id, state: 'open' }, update: { state } };
}

function fromRow(row: PlanRow): StoredPlan {
  return {
    plan: planSchema.parse({ ...(JSON.parse(row.document) as object), state: row.state, expiresAt: row.expires_at }),
    confirmedOwners: ownersOf(row),
    basis: JSON.parse(row.basis) as unknown,
  };
}
