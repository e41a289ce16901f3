import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/** Fields for templates, each loaded with the form that names it. */
export const formFieldExtensions = [
  FormFieldBlueprint.make({
    name: 'revision-picker',
    params: { field: () => import('./fields/RevisionPicker').then(({ revisionPicker }) => revisionPicker) },
  }),
];
