import type { ReactNode } from 'react';
import type { z } from 'zod/v3';

/** What the fields of an {@link OperationForm} are drawn from. */
export interface OperationFormFields<TValues extends object = object> {
  values: TValues;
  /** Changes some of the values. */
  setValues(change: Partial<TValues>): void;
  /**
   * What is wrong with a value, in a sentence; undefined until the person has tried to go on. A field that has one also
   * says `aria-invalid` (MUI's `error` does): the focus goes to the first of them.
   *
   * @param path - names joined by dots, for example `labels.0.key`
   */
  errorOf(path: string): string | undefined;
}

/**
 * Asks for an operation's input before there is a plan. Declare it outside of the component, or with `useMemo`: its values
 * live as long as the dialog.
 */
export interface OperationForm<TValues extends object = object> {
  /** What it begins with, for example the present state of the object. */
  initialValues: TValues;
  /**
   * The operation's own input schema, from the area's `-common` package. Its output is what the door is asked with. A
   * number field holds text: use `z.coerce` around the operation's schema where one is needed.
   */
  schema: z.ZodType<Record<string, unknown>, z.ZodTypeDef, unknown>;
  renderFields(fields: OperationFormFields<TValues>): ReactNode;
}

/** A form's values as the door wants them, or what is wrong with each by its path. */
export type CheckedForm =
  { input: Record<string, unknown>; errors?: undefined } | { input?: undefined; errors: ReadonlyMap<string, string> };

/** Checks the values of a form; of two complaints about one field the first counts. */
export function checkForm(form: Pick<OperationForm, 'schema'>, values: object): CheckedForm {
  const parsed = form.schema.safeParse(values);
  if (parsed.success) return { input: parsed.data };
  const complaints = parsed.error.issues.map(issue => [issue.path.join('.'), issue.message] as const);
  return { errors: new Map(complaints.reverse()) };
}
