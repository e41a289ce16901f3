import type { Plan } from '@leitstand/plugin-operations-common';

/** How long a text of an input may be in a reply, in characters. */
const longestText = 2_000;

/** A plan as whoever asked for it gets it: long texts of its input, which they sent themselves, are cut and say so. */
export function abridgePlan(plan: Plan): Plan {
  return { ...plan, input: abridge(plan.input) };
}

function abridge<T>(value: T): T;
function abridge(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length <= longestText ? value : `${value.slice(0, longestText)}… (${value.length} characters)`;
  }
  if (Array.isArray(value)) return value.map(member => abridge<unknown>(member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, abridge<unknown>(member)]));
}
