import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { metricMessages } from './messages/metricMessages';
import { operationMessages } from './messages/operationMessages';
import { cardMessages, compareMessages, jobMessages, listMessages, usageMessages } from './messages/pageMessages';
import { predictMessages, servingMessages } from './messages/predictMessages';
import { evaluationMessages, featuresMessages, overviewMessages, trainingMessages } from './messages/viewMessages';

/** Names and meanings of metrics. */
export const metricsTranslationRef = createTranslationRef({ id: 'ml-models.metrics', messages: metricMessages });

/** Texts of models. */
export const mlModelsTranslationRef = createTranslationRef({
  id: 'ml-models',
  messages: {
    model: {
      verdict: 'How it is',
      views: 'Views of this model',
      type: 'Type',
      label: 'Predicts',
      modified: 'Last trained or changed',
      expires: 'Expires',
      never: 'never',
      notAnnotated: 'No model is named here',
      notAnnotatedAdvice: 'The annotation bigquery.googleapis.com/model has to be project.dataset.model.',
      readOnly: 'Models of the type {{type}} are only shown',
      readOnlyAdvice: 'The portal can ask linear and logistic regression. Use BigQuery for this one.',
    },
    modelType: { LINEAR_REGRESSION: 'Linear regression', LOGISTIC_REGRESSION: 'Logistic regression' },
    view: {
      overview: 'Overview',
      predict: 'Predict',
      evaluation: 'Evaluation',
      training: 'Training',
      features: 'Features',
      serving: 'Serving',
    },
    health: {
      good: 'Trained',
      expiring: 'Expires soon',
      poor: 'Poor',
      unmeasured: 'Not measured',
      readOnly: 'Shown only',
      training: 'Training',
    },
    healthWords: {
      good: 'It is trained, and its training measured how good it is.',
      expiring: 'BigQuery deletes it within a week. Set another expiration to keep it.',
      poor: 'It is no better than guessing. Look at its evaluation, and train it on better data.',
      unmeasured: 'Its training says nothing about its quality, for example because all rows were used to train.',
      readOnly: 'The portal does not know this type of model, and shows what BigQuery says of it.',
      training: 'A training is under way. Until it ends, the model stays as it was.',
    },
    filter: {
      text: 'Name, description or label',
      type: 'Type',
      anyType: 'Any type',
      dataset: 'Dataset',
      anyDataset: 'Any dataset',
      month: 'Month (UTC)',
      thisMonth: 'This month',
      user: 'User',
      anyUser: 'Any user',
      model: 'Model',
      anyModel: 'Any model',
      state: 'State',
      anyState: 'Any state',
    },
    column: {
      compare: 'Compare',
      health: 'State',
      model: 'Model',
      type: 'Type',
      label: 'Predicts',
      quality: 'Quality',
      trained: 'Last trained',
    },
    overview: overviewMessages,
    predict: predictMessages,
    evaluation: evaluationMessages,
    training: trainingMessages,
    features: featuresMessages,
    serving: servingMessages,
    list: listMessages,
    compare: compareMessages,
    job: jobMessages,
    usage: usageMessages,
    card: cardMessages,
    operation: operationMessages,
  },
});
