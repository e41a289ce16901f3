// When a CronJob is due: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
import { CronTime } from 'cron';

/** By this name, unlike by `Etc/UTC`, the library knows that no table of offsets is needed. */
const defaultZone = 'UTC';

/** Why a schedule cannot be read; undefined when it can. */
export function scheduleMistake(schedule: string, timeZone = defaultZone): string | undefined {
  // The library knows schedules with seconds, which Kubernetes does not.
  const fieldCount = schedule.trim().split(/\s+/).length;
  if (fieldCount !== (schedule.startsWith('@') ? 1 : 5)) return `expected exactly 5 fields, found ${fieldCount}`;
  try {
    return void new CronTime(schedule, timeZone);
  } catch (error) {
    return (error as Error).message;
  }
}

/** The first time after an instant at which a schedule is due, both in milliseconds since the epoch; UTC by default. */
export function nextDue(schedule: string, afterMs: number, timeZone = defaultZone): number {
  return new CronTime(schedule, timeZone).getNextDateFrom(new Date(afterMs), timeZone).toMillis();
}
