/** Ids of the operations on a model that the page offers. */
export const modelOperations = {
  retrain: 'ml-models-retrain',
  delete: 'ml-models-delete',
  setLabels: 'ml-models-set-labels',
  setExpiration: 'ml-models-set-expiration',
  cancelJob: 'ml-models-cancel-job',
} as const;
