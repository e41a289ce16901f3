/** Statements with what BigQuery answers, for the compiler alone and for the homelab through the official client. */
import { dateProbes } from './dates';
import type { ProbeGroup } from './Probe';
import { queryProbes } from './queries';
import { scalarProbes } from './scalars';
import { statementProbes } from './statements';
import { syntaxProbes } from './syntax';

export type { Probe, ProbeGroup } from './Probe';

/** All probes by the page of the documentation that they are from. */
export const probes: ProbeGroup[] = [
  ...syntaxProbes,
  ...scalarProbes,
  ...dateProbes,
  ...queryProbes,
  ...statementProbes,
];
