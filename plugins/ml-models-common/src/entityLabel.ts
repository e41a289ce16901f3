import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** What both an entity's name and the value of a label can hold without loss. */
const partPattern = /^[a-z0-9-]+$/;
const maxLength = 63;

/**
 * An entity reference as the value of the label `leitstand-entity`: `kind_namespace_name`. Values of labels have at most 63
 * characters of `[a-z0-9_-]` (https://cloud.google.com/bigquery/docs/labels-intro#requirements).
 *
 * @returns undefined where the reference does not fit
 */
export function entityLabelOf(entityRef: string): string | undefined {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [kind, namespace, name];
  const value = parts.join('_');
  return parts.every(part => partPattern.test(part)) && value.length <= maxLength ? value : undefined;
}

/** The entity reference in a value of the label; undefined where it is none. */
export function entityRefOfLabel(value: string | undefined): string | undefined {
  const [kind, namespace, name, ...rest] = value?.split('_') ?? [];
  if (!kind || !namespace || !name || rest.length > 0) return undefined;
  return stringifyEntityRef({ kind, namespace, name });
}
