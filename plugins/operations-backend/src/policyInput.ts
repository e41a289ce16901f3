/** How long the JSON of an input's member may be for a policy to see it, in characters. */
const longestMember = 1_000;

/**
 * What rules of the policy see of an input: all members but long ones (rows, queries), so that rights can be asked for on
 * many plans at once.
 */
export function policyInputOf(input: Record<string, unknown>): Record<string, unknown> {
  const isShort = (value: unknown) => (JSON.stringify(value) ?? '').length <= longestMember;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => isShort(value)));
}
