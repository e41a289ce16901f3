/** A timer that its owner can end; ending it twice is harmless. */
export interface Timer extends Disposable {
  cancel(): void;
}

/** The only source of time in the homelab, so that tests and seeds decide what time it is. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): Timer;
  setInterval(callback: () => void, intervalMs: number): Timer;
}

function timer(cancel: () => void): Timer {
  return { cancel, [Symbol.dispose]: cancel };
}

/** The machine's own clock. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    setTimeout: (callback, delayMs) => {
      const handle = setTimeout(callback, delayMs);
      return timer(() => clearTimeout(handle));
    },
    setInterval: (callback, intervalMs) => {
      const handle = setInterval(callback, intervalMs);
      return timer(() => clearInterval(handle));
    },
  };
}

interface Pending {
  dueAt: number;
  /** Keeps timers that are due at the same instant in the order in which they were set. */
  order: number;
  callback: () => void;
  intervalMs?: number;
}

/** A clock that stands still until it is advanced; due timers run synchronously and in order. */
export class ManualClock implements Clock {
  private readonly pending = new Set<Pending>();
  private currentMs: number;
  private order = 0;

  /** @param startMs - milliseconds since the epoch, 2026-01-01T00:00:00Z by default */
  constructor(startMs: number = Date.UTC(2026, 0, 1)) {
    this.currentMs = startMs;
  }

  /** How many timers wait: zero once every owner has closed. */
  get pendingCount(): number {
    return this.pending.size;
  }

  now(): number {
    return this.currentMs;
  }

  setTimeout(callback: () => void, delayMs: number): Timer {
    return this.add({ callback, dueAt: this.currentMs + Math.max(0, delayMs), order: this.order++ });
  }

  setInterval(callback: () => void, intervalMs: number): Timer {
    const period = Math.max(1, intervalMs);
    return this.add({ callback, dueAt: this.currentMs + period, order: this.order++, intervalMs: period });
  }

  /** Moves time on and runs everything that becomes due, including what the callbacks add. */
  advance(durationMs: number): void {
    const endMs = this.currentMs + durationMs;
    for (let next = this.nextDue(endMs); next; next = this.nextDue(endMs)) {
      this.currentMs = next.dueAt;
      if (next.intervalMs === undefined) {
        this.pending.delete(next);
      } else {
        next.dueAt += next.intervalMs;
        next.order = this.order++;
      }
      next.callback();
    }
    this.currentMs = endMs;
  }

  private add(entry: Pending): Timer {
    this.pending.add(entry);
    return timer(() => this.pending.delete(entry));
  }

  private nextDue(endMs: number): Pending | undefined {
    let first: Pending | undefined;
    for (const entry of this.pending) {
      if (entry.dueAt > endMs) continue;
      if (!first || entry.dueAt < first.dueAt || (entry.dueAt === first.dueAt && entry.order < first.order)) {
        first = entry;
      }
    }
    return first;
  }
}
