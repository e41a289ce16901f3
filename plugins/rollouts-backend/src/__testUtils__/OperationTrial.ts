import { setTimeout } from 'node:timers/promises';
import { ConfigReader } from '@backstage/config';
import type { KubernetesHomelab } from '@leitstand/homelab';
import type {
  ApplyContext,
  JsonValue,
  Operation,
  OperationStep,
  OperationWait,
  PlanDraft,
  ResolvedTarget,
  StepConfirmation,
} from '@leitstand/plugin-operations-node';
import { createWorkloadOperations } from '../operations/workloadOperations';
import { WritableClusters } from '../operations/WritableClusters';
import { clusterConfigOf, portalConfigOf } from './homelabConfig';

const requester = 'user:default/olga';

/** A plan as the door keeps it. */
export interface TriedPlan {
  draft: PlanDraft<JsonValue>;
  resolved: ResolvedTarget;
  input: JsonValue;
}

/** What came of a run, and what its steps said of themselves. */
export interface TriedRun {
  result: string;
  output?: Record<string, JsonValue>;
  /** Answers of each step's `confirm`, before and after it was done, for example `patch: not-done, done`. */
  confirmations: string[];
  outputs: Record<string, JsonValue | undefined>;
  progress: string[];
}

/**
 * Tries operations on a homelab without the door: plan, run and undo go through the same JSON, each step is asked for its
 * confirmation before and after, and a wait begins `apply` again from its top.
 */
export class OperationTrial {
  readonly #clusters: WritableClusters;
  readonly #operations: Operation[];
  /** Happens when the workload of a plan has been read, and nothing has been tried yet. */
  afterResolve: (() => void) | undefined;

  constructor(homelab: KubernetesHomelab, token = homelab.tokens.operator) {
    const config = portalConfigOf([clusterConfigOf(homelab)], [{ name: homelab.name, token }]);
    this.#clusters = WritableClusters.fromConfig(new ConfigReader(config));
    this.#operations = createWorkloadOperations(this.#clusters);
  }

  get(id: string): Operation {
    const operation = this.#operations.find(candidate => candidate.id === id);
    if (!operation) throw new Error(`No operation ${id}`);
    return operation;
  }

  /** @param workload - for example `Deployment microservices/backend` */
  async plan(id: string, workload: string, input: object = {}): Promise<TriedPlan> {
    const { signal } = new AbortController();
    const operation = this.get(id);
    const entity = entityOf(workload);
    const common = { entity, entityRef: 'component:default/x', signal };
    const parsed = operation.input.parse(input);
    const resolved = await operation.resolve({ ...common, input: parsed });
    this.afterResolve?.();
    const draft = await operation.plan({
      ...common,
      resolved,
      input: parsed,
      requester,
      isAdministrator: false,
    });
    return { draft: { ...draft, basis: JSON.parse(JSON.stringify(draft.basis)) }, resolved, input: parsed };
  }

  async run(id: string, plan: TriedPlan, options: { runId?: string; signal?: AbortSignal } = {}): Promise<TriedRun> {
    const operation = this.get(id);
    const signal = options.signal ?? new AbortController().signal;
    const run: TriedRun = { result: '', confirmations: [], outputs: {}, progress: [] };
    const step = { signal, progress: (message: string) => void run.progress.push(message) };
    const isDone = new Set<string>();
    const context: Omit<ApplyContext<JsonValue, JsonValue>, 'step' | 'wait'> = {
      ...{ runId: options.runId ?? 'run-1', entityRef: 'component:default/x', target: plan.resolved.target, requester },
      ...{ reason: 'because\nof it', input: operation.input.parse(plan.input), signal },
      basis: operation.basis.parse(plan.draft.basis),
      secret: () => {
        throw new Error('Not used here');
      },
    };
    const startAgain = new Error('start again');
    const applyOnce = () =>
      operation.apply({
        ...context,
        async step<TOutput extends JsonValue | void>(key: string, declared: OperationStep<TOutput>): Promise<TOutput> {
          if (!isDone.has(key)) {
            const before = wordOf(await declared.confirm({ signal }));
            run.outputs[key] = ((await declared.do(step)) as JsonValue | undefined) ?? undefined;
            run.confirmations.push(`${key}: ${before}, ${wordOf(await declared.confirm({ signal }))}`);
            isDone.add(key);
          }
          return run.outputs[key] as TOutput;
        },
        async wait<TOutput extends JsonValue | void>(key: string, wait: OperationWait<TOutput>): Promise<TOutput> {
          if (isDone.has(key)) return run.outputs[key] as TOutput;
          for (;;) {
            const seen = await wait.look(step).catch(async (error: unknown) => {
              if (signal.aborted) await wait.cancel?.({ signal: new AbortController().signal });
              throw error;
            });
            if (seen !== 'not-yet') {
              run.outputs[key] = seen.done ?? undefined;
              isDone.add(key);
              throw startAgain;
            }
            await setTimeout(10);
          }
        },
      });
    for (;;) {
      try {
        const applied = await applyOnce();
        return { ...run, ...(typeof applied === 'string' ? { result: applied } : applied) };
      } catch (error) {
        if (error !== startAgain) throw error;
      }
    }
  }

  /** Which operation with which input takes a run back. */
  async undoOf(id: string, plan: TriedPlan, run: TriedRun): Promise<{ operation: string; input: object }> {
    const operation = this.get(id);
    if (!operation.undo) throw new Error(`${id} has no undo`);
    return operation.undo({
      ...{ runId: 'run-1', entityRef: 'component:default/x', target: plan.resolved.target },
      ...{ input: operation.input.parse(plan.input), basis: operation.basis.parse(plan.draft.basis) },
      ...{ outputs: run.outputs, signal: new AbortController().signal },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#clusters.close();
  }
}

function entityOf(workload: string) {
  const [kind, path] = workload.split(' ');
  const [namespace, name] = path.split('/');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'x',
      annotations: {
        'backstage.io/kubernetes-cluster': 'homelab-k3s',
        'backstage.io/kubernetes-namespace': namespace,
        'backstage.io/kubernetes-id': name,
        'leitstand.io/workload-kind': kind,
      },
    },
  };
}

function wordOf(confirmation: StepConfirmation | object): string {
  return typeof confirmation === 'string' ? confirmation : 'done with output';
}
