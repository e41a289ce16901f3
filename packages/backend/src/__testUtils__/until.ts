import { setTimeout } from 'node:timers/promises';

/** Waits until the condition holds, looking ten times a second. @throws Error when it does not within the time limit */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 100_000): Promise<void> {
  const endsAt = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > endsAt) throw new Error(`It did not come true within ${timeoutMs / 1000} s`);
    await setTimeout(100);
  }
}
