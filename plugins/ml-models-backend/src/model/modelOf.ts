import { modelRefSchema, formatModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import { maskSql } from './maskSql';

/** The path of a model, quoted as a whole, in parts or not at all. */
const pathPattern = String.raw`((?:\`[^\`]+\`|[\w-]+)(?:\s*\.\s*(?:\`[^\`]+\`|[\w-]+))*)`;
/** A quoted name, or `MODEL a.b.c`. */
const modelPattern = new RegExp(String.raw`\`[^\`]*\`|\bMODEL\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?${pathPattern}`, 'gi');
const trainingPattern = new RegExp(
  String.raw`^\s*CREATE\s+(?:OR\s+REPLACE\s+)?MODEL\s+(?:IF\s+NOT\s+EXISTS\s+)?${pathPattern}`,
  'i',
);

/** What a name stands in that is not written in full. */
export interface NameDefaults {
  project: string;
  dataset?: string;
}

/**
 * The models that a query names, in their order, in its code and not in a comment or a text; undefined for one that the
 * portal cannot name. `MODEL` as the name of a column or a table is passed over, as is a model without its dataset.
 *
 * @param project - of models that are named without one
 */
export function modelsOf(sql: string, project: string): Array<ModelRef | undefined> {
  return [...maskSql(sql, 'names').matchAll(modelPattern)].flatMap(([, path]) => {
    const parts = partsOf(path);
    return parts.length < 2 ? [] : [refOf(parts, { project })];
  });
}

/** The first model that a query names, as text; undefined where it names none that the portal can name. */
export function modelOf(sql: string | undefined, project: string): string | undefined {
  const [first] = modelsOf(sql ?? '', project);
  return first && formatModelRef(first);
}

/** The model that a statement trains, as text, and no other that it names; undefined where the portal cannot name it. */
export function trainedBy(sql: string, defaults: NameDefaults): string | undefined {
  const [, path] = trainingPattern.exec(maskSql(sql, 'names')) ?? [];
  const ref = refOf(partsOf(path), defaults);
  return ref && formatModelRef(ref);
}

function partsOf(path: string | undefined): string[] {
  return path?.replaceAll('`', '').split(/\s*\.\s*/) ?? [];
}

function refOf(parts: readonly string[], defaults: NameDefaults): ModelRef | undefined {
  const [model, dataset = defaults.dataset, project = defaults.project, ...rest] = [...parts].reverse();
  const parsed = modelRefSchema.safeParse({ project, dataset, model });
  return parsed.success && rest.length === 0 ? parsed.data : undefined;
}
