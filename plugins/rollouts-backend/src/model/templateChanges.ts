import type { JsonValue } from '@leitstand/plugin-operations-node';
import type { Change } from '@leitstand/plugin-operations-common';

/** Which field tells the items of a list apart, in the order in which they are tried. */
const itemKeys = ['name', 'mountPath', 'containerPort', 'key'];

const containerNouns = new Map([
  ['containers', 'container'],
  ['initContainers', 'init container'],
]);

const markNouns = new Map([
  ['labels', 'label'],
  ['annotations', 'annotation'],
]);

/** What differs between two pod templates, one line a value; images first. Redact both with one key before. */
export function templateChanges(before: JsonValue, after: JsonValue): Change[] {
  const [left, right] = [flatten(before), flatten(after)];
  const labels = [...new Set([...left.keys(), ...right.keys()])];
  return labels
    .map(label => ({ label, before: left.get(label) ?? null, after: right.get(label) ?? null }))
    .filter(change => change.before !== change.after)
    .sort((a, b) => Number(isImage(b)) - Number(isImage(a)) || a.label.localeCompare(b.label));
}

function isImage(change: Change): boolean {
  return change.label.startsWith('image of ');
}

function flatten(root: JsonValue): Map<string, string> {
  const leaves = new Map<string, string>();
  const visit = (value: JsonValue, path: string[]) => {
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, `[${keyOf(item, index)}]`]));
    else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, child]) => visit(child, [...path, name]));
    } else leaves.set(labelOf(path), String(value));
  };
  visit(root, []);
  return leaves;
}

function keyOf(item: JsonValue, index: number): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return String(index);
  const key = itemKeys.map(name => item[name]).find(value => typeof value === 'string' || typeof value === 'number');
  return key === undefined ? String(index) : String(key);
}

/** `spec.containers[backend].env[PORT].value` → `env PORT of container backend` */
function labelOf(path: string[]): string {
  const [root, list, container, field, ...rest] = path;
  const mark = markNouns.get(list);
  if (root === 'metadata' && mark !== undefined) return `${mark} ${path.slice(2).join('.')} of the pods`;
  const noun = containerNouns.get(list);
  if (root !== 'spec' || noun === undefined || field === undefined) return joined(path);
  const owner = `${noun} ${container.slice(1, -1)}`;
  if (field === 'env' && rest.length === 2 && rest[1] === 'value') return `env ${rest[0].slice(1, -1)} of ${owner}`;
  return `${joined([field, ...rest])} of ${owner}`;
}

function joined(path: string[]): string {
  return path.join('.').replaceAll('.[', '[');
}
