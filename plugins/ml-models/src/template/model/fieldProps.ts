import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { TemplateDraft } from './drafts';

/** What a field of a template is given: its value, and what is wrong with it. */
export type FieldProps<TDraft> = FieldExtensionComponentProps<TDraft>;

/** What the other fields hold, of this step and of earlier ones. */
export function draftOf({ formContext }: { formContext?: { formData?: TemplateDraft } }): TemplateDraft {
  return formContext?.formData ?? {};
}
