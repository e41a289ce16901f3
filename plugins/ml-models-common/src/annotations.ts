/** `project.dataset` of the BigQuery dataset behind an entity. */
export const datasetAnnotation = 'bigquery.googleapis.com/dataset';

/** `project.dataset.model` of the BigQuery ML model behind an entity. */
export const modelAnnotation = 'bigquery.googleapis.com/model';

/** URL at which a service answers predictions of a model, with `{feature}` for each feature of the query string. */
export const predictionUrlAnnotation = 'leitstand.io/prediction-url';

/**
 * Label on models and datasets that names the entity back: `kind_namespace_name`, of which BigQuery's labels can hold what
 * is lower case; see `entityLabelOf`.
 */
export const entityLabel = 'leitstand-entity';
