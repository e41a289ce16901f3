import type { Clock } from '../core';

/** How fast the measured rate follows the load: the metrics server looks every fifteen seconds. */
const memoryMs = 15_000;

/** How much a pod has to do: requests in flight, and requests per second over the last fifteen or so. */
export class PodLoad {
  private inFlight = 0;
  private rate = 0;
  private measuredMs: number;

  constructor(private readonly clock: Clock) {
    this.measuredMs = clock.now();
  }

  get inFlightCount(): number {
    return this.inFlight;
  }

  /** Requests per second, which fades when none come. */
  get requestsPerSecond(): number {
    return this.rate * Math.exp((this.measuredMs - this.clock.now()) / memoryMs);
  }

  begin(): void {
    this.inFlight += 1;
    this.rate = this.requestsPerSecond + 1_000 / memoryMs;
    this.measuredMs = this.clock.now();
  }

  end(): void {
    this.inFlight -= 1;
  }
}
