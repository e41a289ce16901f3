import { modelRefSchema, formatModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import { maskSql } from './maskSql';

/** A quoted name, or `MODEL a.b.c`, the path quoted as a whole, in parts or not at all. */
const modelPattern =
  /`[^`]*`|\bMODEL\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?((?:`[^`]+`|[\w-]+)(?:\s*\.\s*(?:`[^`]+`|[\w-]+))*)/gi;

/**
 * The models that a query names, in their order, in its code and not in a comment or a text; undefined for one that the
 * portal cannot name. `MODEL` as the name of a column or a table is passed over, as is a model without its dataset.
 *
 * @param project - of models that are named without one
 */
export function modelsOf(sql: string, project: string): Array<ModelRef | undefined> {
  return [...maskSql(sql, 'names').matchAll(modelPattern)].flatMap(([, path]) => {
    const parts = path?.replace(/[`\s]/g, '').split('.') ?? [];
    if (parts.length < 2) return [];
    const [model, dataset, given = project, ...rest] = parts.reverse();
    const parsed = modelRefSchema.safeParse({ project: given, dataset, model });
    return [parsed.success && rest.length === 0 ? parsed.data : undefined];
  });
}

/** The first model that a query names, as text; undefined where it names none that the portal can name. */
export function modelOf(sql: string | undefined, project: string): string | undefined {
  const [first] = modelsOf(sql ?? '', project);
  return first && formatModelRef(first);
}
