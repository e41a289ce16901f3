/** Names and meanings of the metrics of `ML.EVALUATE`, under BigQuery's names. */
export const metricMessages = {
  r2_score: {
    name: 'R²',
    meaning: 'Share of the variation that the model explains. 1 is perfect; 0 is no better than the mean.',
  },
  explained_variance: { name: 'Explained variance', meaning: 'Like R², but blind to a constant error. 1 is perfect.' },
  mean_absolute_error: {
    name: 'Mean absolute error',
    meaning: 'How far off a prediction is on average, in the unit of the label. Less is better.',
  },
  mean_squared_error: {
    name: 'Mean squared error',
    meaning: 'Average of the squared errors: large errors weigh more. Less is better.',
  },
  mean_squared_log_error: {
    name: 'Mean squared log error',
    meaning: 'Compares by ratio rather than by distance. Less is better.',
  },
  median_absolute_error: {
    name: 'Median absolute error',
    meaning: 'Half of the predictions are closer than this, in the unit of the label. Less is better.',
  },
  precision: { name: 'Precision', meaning: 'Of what the model calls positive, the share that is. 1 is perfect.' },
  recall: { name: 'Recall', meaning: 'Of what is positive, the share that the model finds. 1 is perfect.' },
  accuracy: {
    name: 'Accuracy',
    meaning: 'Share of right answers. Misleading where one class is rare.',
  },
  f1_score: { name: 'F1 score', meaning: 'Precision and recall in one number; both have to be good. 1 is perfect.' },
  log_loss: {
    name: 'Log loss',
    meaning: 'Punishes being sure and wrong. Less is better.',
  },
  roc_auc: {
    name: 'ROC AUC',
    meaning: 'Chance that a positive row gets a higher probability than a negative one. 0.5 is guessing, 1 is perfect.',
  },
} as const;

/** Whether the portal has words for a metric. */
export function isMetricWithWords(metric: string): metric is keyof typeof metricMessages {
  return Object.hasOwn(metricMessages, metric);
}
