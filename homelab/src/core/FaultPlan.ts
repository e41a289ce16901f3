/** Which requests a fault is for. `*` in the path stands for any characters, slashes included. */
export interface FaultMatch {
  path: string;
  /** Any method by default. */
  method?: string;
}

/** An answer that the served system itself would never give, for example the page of a proxy before it. */
export interface ForeignReply {
  /** Default: 200. */
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

/**
 * What goes wrong: an error status, a foreign answer, a delay before the normal answer, by time or until something has
 * happened, a normal answer of which a byte comes each `dripMs`, or a cut connection.
 */
export type FaultEffect =
  | { status: number }
  | { reply: ForeignReply }
  | { delayMs: number }
  | { until: Promise<void> }
  | { dripMs: number }
  | { action: 'reset'; afterBytes?: number };

/** What a listener lets its faults do with its port. */
export interface Gate {
  shut(): Promise<void>;
  open(): Promise<void>;
}

interface Fault {
  method?: string;
  path: RegExp;
  effect: FaultEffect;
  isOnce: boolean;
}

function globToRegExp(glob: string): RegExp {
  const escaped = glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`);
}

/** Faults that a test has ordered. One-time faults come first, in their order; then the standing ones. */
export class FaultPlan {
  private faults: Fault[] = [];
  private gate: Gate | undefined;

  /** Said by the listener that asks this plan. */
  guard(gate: Gate): void {
    this.gate = gate;
  }

  /** Cuts every connection and refuses new ones until the returned handle is disposed of; the port stays the same. */
  async refuseConnections(): Promise<AsyncDisposable> {
    const { gate } = this;
    await gate?.shut();
    return { [Symbol.asyncDispose]: async () => gate?.open() };
  }

  /** Lets exactly one matching request fail. */
  next(match: FaultMatch, effect: FaultEffect): void {
    this.add(match, effect, true);
  }

  /** Lets every matching request fail until the returned handle is disposed of. */
  always(match: FaultMatch, effect: FaultEffect): Disposable {
    const fault = this.add(match, effect, false);
    return {
      [Symbol.dispose]: () => {
        this.faults = this.faults.filter(other => other !== fault);
      },
    };
  }

  clear(): void {
    this.faults = [];
  }

  /** The fault for this request, if any; a one-time fault is used up by asking. */
  take(request: { method: string; path: string }): FaultEffect | undefined {
    const matches = this.faults.filter(
      fault => (!fault.method || fault.method === request.method) && fault.path.test(request.path),
    );
    const fault = matches.find(candidate => candidate.isOnce) ?? matches[0];
    if (fault?.isOnce) this.faults = this.faults.filter(other => other !== fault);
    return fault?.effect;
  }

  private add(match: FaultMatch, effect: FaultEffect, isOnce: boolean): Fault {
    const fault = { method: match.method?.toUpperCase(), path: globToRegExp(match.path), effect, isOnce };
    this.faults.push(fault);
    return fault;
  }
}
