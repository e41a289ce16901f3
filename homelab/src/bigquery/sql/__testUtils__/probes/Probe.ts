import type { Value } from '../../../model';
import type { QueryParameter } from '../../parameters';

/** A statement with the rows that BigQuery gives, or a part of the words with which it (or the homelab) refuses it. */
export type Probe = readonly [sql: string, expected: Value[][] | string, parameters?: QueryParameter[]];

/** Probes of what one page of BigQuery's documentation says. */
export interface ProbeGroup {
  /** Below https://cloud.google.com/bigquery/docs/ */
  page: string;
  probes: Probe[];
}
