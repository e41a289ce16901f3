/** What the ml-models area answers besides the five groups' meaning. Closed list; each has a row in `docs/errors.md`. */
export const mlModelsErrorCodes = [
  'CONNECTION_UNKNOWN',
  'PROJECT_NOT_CONNECTED',
  'MODEL_NOT_FOUND',
  'MODEL_TYPE_READ_ONLY',
  'FEATURE_VALUE_INVALID',
  'BYTES_LIMIT_EXCEEDED',
  'QUERY_INVALID',
  'QUERY_NOT_SELECT',
  'RESULT_TOO_LARGE',
  'SERVING_NOT_ALLOWED',
  'SERVING_PATH_INVALID',
  'TRAINING_FAILED',
  'TRAINING_QUERY_UNKNOWN',
  'GATE_NOT_MET',
  'MODEL_EXISTS',
  'DATASET_NOT_WRITABLE',
] as const;

/** One of {@link mlModelsErrorCodes}. */
export type MlModelsErrorCode = (typeof mlModelsErrorCodes)[number];
