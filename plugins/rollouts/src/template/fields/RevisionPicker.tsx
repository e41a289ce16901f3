import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import type { Revision } from '@leitstand/plugin-rollouts-common';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useRef, type ReactNode } from 'react';
import { previousRevision } from '../../model/revisions';
import { useRevisions } from '../hooks/useRevisions';
import { rolloutsTemplateTranslationRef } from '../templateTranslation';
import { RevisionOption } from './RevisionOption';
import { RevisionsUnread } from './RevisionsUnread';

/** What a template says of the field under `ui:options`. */
export interface RevisionPickerOptions {
  /** Name of the form's property that holds the reference of the Deployment's entity. */
  entityField?: string;
}

type FieldProps = FieldExtensionComponentProps<number | undefined, RevisionPickerOptions>;

const previous = 'previous';

/** One of the revisions of the Deployment that another field names; nothing chosen, it is the one before the present. */
export function RevisionPicker(props: FieldProps) {
  const { t } = useTranslationRef(rolloutsTemplateTranslationRef);
  const { formData, onChange, schema, idSchema, rawErrors = [] } = props;
  const entityRef = entityRefOf(props);
  const revisions = useRevisions(entityRef);
  const found = revisions.value ?? [];
  useForgetting(entityRef, () => formData !== undefined && onChange(undefined));
  const problem = useProblem(formData, revisions.value);
  const note = useNote({ entityRef, ...revisions });
  return (
    <TextField
      select
      fullWidth
      size="small"
      id={idSchema?.$id}
      label={schema.title}
      helperText={problem ?? note ?? schema.description}
      error={problem !== undefined || rawErrors.length > 0}
      disabled={found.length < 2 && formData === undefined}
      value={formData ?? previous}
      onChange={({ target: { value } }) => onChange(value === previous ? undefined : Number(value))}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ MenuProps: { sx: { maxHeight: 480 } } }}
      // What is said of a field that cannot be used has to be read all the same.
      FormHelperTextProps={{ component: 'div', role: 'status', disabled: false, sx: { marginLeft: 0 } }}
    >
      <MenuItem value={previous}>
        <PreviousOption revision={previousRevision(found)} />
      </MenuItem>
      {formData !== undefined && !found.some(({ revision }) => revision === formData) && (
        <MenuItem value={formData}>{t('revision.number', { revision: String(formData) })}</MenuItem>
      )}
      {found.map(revision => (
        <MenuItem key={revision.revision} value={revision.revision} disabled={revision.isCurrent} divider>
          <RevisionOption revision={revision} />
        </MenuItem>
      ))}
    </TextField>
  );
}

function PreviousOption(props: { revision: Revision | undefined }) {
  const { t } = useTranslationRef(rolloutsTemplateTranslationRef);
  const { revision } = props;
  if (!revision) return <>{t('revision.previous')}</>;
  return <>{t('revision.previousNumber', { revision: String(revision.revision) })}</>;
}

/** The entity that another field names; undefined as long as none is chosen. */
function entityRefOf({ uiSchema, formContext }: FieldProps): string | undefined {
  const { entityField } = uiSchema?.['ui:options'] ?? {};
  const { formData } = formContext as { formData?: Record<string, unknown> };
  const chosen = entityField === undefined ? undefined : formData?.[entityField];
  return typeof chosen === 'string' && chosen !== '' ? chosen : undefined;
}

/** A number that was chosen of one Deployment says nothing of another one. */
function useForgetting(entityRef: string | undefined, forget: () => void): void {
  const before = useRef(entityRef);
  useEffect(() => {
    if (before.current === entityRef) return;
    before.current = entityRef;
    forget();
  });
}

/** Why the revision that was chosen cannot be gone back to. */
function useProblem(chosen: number | undefined, revisions: Revision[] | undefined): string | undefined {
  const { t } = useTranslationRef(rolloutsTemplateTranslationRef);
  if (chosen === undefined || !revisions || revisions.length === 0) return undefined;
  const found = revisions.find(({ revision }) => revision === chosen);
  if (!found) return t('revision.gone', { revision: String(chosen) });
  return found.isCurrent ? t('revision.isCurrent', { revision: String(chosen) }) : undefined;
}

/** Why there is nothing to choose. */
function useNote(asked: {
  entityRef: string | undefined;
  value: Revision[] | undefined;
  error: unknown;
  isLoading: boolean;
  reload: () => void;
}): ReactNode {
  const { t } = useTranslationRef(rolloutsTemplateTranslationRef);
  const { entityRef, value, error, isLoading, reload } = asked;
  if (!entityRef) return t('revision.entityFirst');
  if (error !== undefined && !value) return <RevisionsUnread onRetry={reload} />;
  if (isLoading) return t('revision.loading');
  if (!value) return t('revision.noDeployment');
  return value.length < 2 ? t('revision.none') : undefined;
}

/** `ui:field: RevisionPicker` with `ui:options: { entityField }`. Its value: the revision's number, or nothing. */
export const revisionPicker = createFormField({ name: 'RevisionPicker', component: RevisionPicker });
