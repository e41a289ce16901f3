import { ManualClock } from '../core';
import { PodLoad } from './PodLoad';

describe('PodLoad', () => {
  it('follows a steady load within a minute and forgets it when it ends', () => {
    const clock = new ManualClock();
    const load = new PodLoad(clock);
    for (let second = 0; second < 60; second++) {
      for (let request = 0; request < 20; request++) {
        load.begin();
        clock.advance(50);
        load.end();
      }
    }
    expect(load.requestsPerSecond).toBeGreaterThan(19);
    expect(load.requestsPerSecond).toBeLessThan(21);
    expect(load.inFlightCount).toBe(0);
    clock.advance(15_000);
    expect(load.requestsPerSecond).toBeLessThan(8);
    clock.advance(120_000);
    expect(load.requestsPerSecond).toBeLessThan(0.01);
  });
});
