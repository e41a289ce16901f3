/** `project.dataset` of the BigQuery dataset behind an entity. */
export const datasetAnnotation = 'bigquery.googleapis.com/dataset';

/** `project.dataset.model` of the BigQuery ML model behind an entity. */
export const modelAnnotation = 'bigquery.googleapis.com/model';

/**
 * Path (with query) at which a service answers predictions of the model of {@link modelAnnotation}, with `{feature}` in the
 * place of each feature's value. The host comes from `mlModels.serving.allow`, never from the catalogue.
 */
export const predictionPathAnnotation = 'leitstand.io/prediction-path';

/**
 * Label on models and datasets that names the entity back: `kind_namespace_name`, of which BigQuery's labels can hold what
 * is lower case; see `entityLabelOf`.
 */
export const entityLabel = 'leitstand-entity';
