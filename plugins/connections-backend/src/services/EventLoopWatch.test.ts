import { setTimeout } from 'node:timers/promises';
import { EventLoopWatch } from './EventLoopWatch';

/** Keeps the event loop from coming round. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it('shows that the event loop was late, keeps the last slots, and ends when it is disposed of', async () => {
  const watch = new EventLoopWatch({ slotMs: 100, maxCount: 3 });
  await setTimeout(50);
  block(250);
  while (!watch.slots.some(({ maxMs }) => maxMs >= 200)) await setTimeout(20);
  while (watch.slots.length < 3) await setTimeout(20);
  const [first] = watch.slots;
  while (watch.slots[0] === first) await setTimeout(20);
  expect(watch.slots).toHaveLength(3);
  watch[Symbol.dispose]();
  const last = watch.slots.at(-1);
  await setTimeout(250);
  expect(watch.slots.at(-1)).toBe(last);
});
