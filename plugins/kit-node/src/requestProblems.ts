import { InputError } from '@backstage/errors';
import type { z } from 'zod/v3';

/** How many problems of a request are told, and how long one may be, in characters. */
const maxProblemCount = 10;
const maxProblemLength = 300;

/** How many values a body may hold, and in how many levels: each costs time to look at, and a refusal costs more. */
const maxValueCount = 250_000;
const maxDepth = 100;

/** What does not fit, with the path to it: `body.size: Expected number, received string`. The first ten problems. */
export function describeProblems({ issues }: z.ZodError, part: string): string {
  const problems = issues
    .slice(0, maxProblemCount)
    .map(({ path, message }) => cut(`${[part, ...path].join('.')}: ${message}`));
  const moreCount = issues.length - problems.length;
  return [...problems, ...(moreCount > 0 ? [`and ${moreCount} more`] : [])].join('; ');
}

/** @throws InputError for JSON of more values, or deeper, than a request of ours ever is */
export function assertModest(json: unknown, part: string): void {
  let level = [json];
  for (let [depth, count] = [0, 0]; level.length > 0; depth++) {
    count += level.length;
    if (depth > maxDepth) throw new InputError(`${part}: goes deeper than ${maxDepth} levels`);
    if (count > maxValueCount) throw new InputError(`${part}: holds more than ${maxValueCount} values`);
    level = level.flatMap(value => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}

function cut(text: string): string {
  return text.length <= maxProblemLength ? text : `${text.slice(0, maxProblemLength)}…`;
}
