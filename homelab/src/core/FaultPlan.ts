/** Which requests a fault is for. `*` in the path stands for any characters, slashes included. */
export interface FaultMatch {
  path: string;
  /** Any method by default. */
  method?: string;
}

/** What goes wrong: an error status, a delay before the normal answer, or a cut connection. */
export type FaultEffect = { status: number } | { delayMs: number } | { action: 'reset'; afterBytes?: number };

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
