export { startBigQueryHomelab, type BigQueryHomelab, type BigQueryHomelabOptions } from './startBigQueryHomelab';
export type { BigQueryTokens } from './rest/callers';
