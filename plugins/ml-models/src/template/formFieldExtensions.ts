import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/** The fields of the template `bigquery-ml-model`, each loaded with the form that names it. */
export const formFieldExtensions = [
  FormFieldBlueprint.make({
    name: 'bigquery-dataset',
    params: { field: () => import('./fields/DatasetField').then(({ datasetField }) => datasetField) },
  }),
  FormFieldBlueprint.make({
    name: 'bigquery-training-data',
    params: { field: () => import('./fields/SourceField').then(({ sourceField }) => sourceField) },
  }),
  FormFieldBlueprint.make({
    name: 'bigquery-columns',
    params: { field: () => import('./fields/ColumnsField').then(({ columnsField }) => columnsField) },
  }),
  FormFieldBlueprint.make({
    name: 'bigquery-model-options',
    params: { field: () => import('./fields/OptionsField').then(({ optionsField }) => optionsField) },
  }),
  FormFieldBlueprint.make({
    name: 'bigquery-gate',
    params: { field: () => import('./fields/GateField').then(({ gateField }) => gateField) },
  }),
  FormFieldBlueprint.make({
    name: 'git-repository',
    params: { field: () => import('./fields/RepositoryField').then(({ repositoryField }) => repositoryField) },
  }),
];
