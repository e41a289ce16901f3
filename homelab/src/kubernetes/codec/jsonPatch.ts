// JSON Patch, RFC 6902, over JSON Pointers, RFC 6901.
import { badRequest, rejectedPatch } from './ApiError';
import { isEqual, isObject } from './json';

interface PatchOperation {
  op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  path: string;
  from?: string;
  value?: unknown;
}

type Parent = Record<string, unknown> | unknown[];

const operations = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

function parsePatch(patch: unknown): PatchOperation[] {
  const isValid =
    Array.isArray(patch) &&
    patch.every(item => isObject(item) && operations.has(item.op as string) && typeof item.path === 'string');
  if (!isValid)
    throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  return patch as PatchOperation[];
}

function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw rejectedPatch();
  return pointer
    .slice(1)
    .split('/')
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function arrayIndex(token: string, limit: number): number {
  const index = /^(0|[1-9]\d*)$/.test(token) ? Number(token) : Number.NaN;
  if (!(index <= limit)) throw rejectedPatch();
  return index;
}

function child(parent: unknown, token: string): unknown {
  if (Array.isArray(parent)) return parent[arrayIndex(token, parent.length - 1)];
  if (!isObject(parent) || !Object.hasOwn(parent, token)) throw rejectedPatch();
  return parent[token];
}

/** A document that operations change in place; it starts as a copy. */
class PatchedDocument {
  constructor(public root: unknown) {}

  read(pointer: string): unknown {
    return parsePointer(pointer).reduce(child, this.root);
  }

  add(pointer: string, value: unknown): void {
    this.change(pointer, value, (parent, token) => {
      if (!Array.isArray(parent)) parent[token] = value;
      else parent.splice(token === '-' ? parent.length : arrayIndex(token, parent.length), 0, value);
    });
  }

  replace(pointer: string, value: unknown): void {
    if (pointer !== '') this.read(pointer);
    this.change(pointer, value, (parent, token) => {
      if (Array.isArray(parent)) parent[arrayIndex(token, parent.length - 1)] = value;
      else parent[token] = value;
    });
  }

  remove(pointer: string): void {
    this.read(pointer);
    this.change(pointer, null, (parent, token) => {
      if (Array.isArray(parent)) parent.splice(arrayIndex(token, parent.length - 1), 1);
      else delete parent[token];
    });
  }

  private change(pointer: string, value: unknown, act: (parent: Parent, token: string) => void): void {
    const tokens = parsePointer(pointer);
    const last = tokens.pop();
    if (last === undefined) {
      this.root = value;
      return;
    }
    const parent = tokens.reduce(child, this.root);
    if (!Array.isArray(parent) && !isObject(parent)) throw rejectedPatch();
    act(parent, last);
  }
}

function applyOperation(document: PatchedDocument, operation: PatchOperation): void {
  const { op, path, from = '', value } = operation;
  switch (op) {
    case 'add':
      return document.add(path, structuredClone(value));
    case 'replace':
      return document.replace(path, structuredClone(value));
    case 'remove':
      return document.remove(path);
    case 'copy':
      return document.add(path, structuredClone(document.read(from)));
    case 'move': {
      const moved = document.read(from);
      document.remove(from);
      return document.add(path, moved);
    }
    case 'test':
      if (!isEqual(document.read(path), value)) throw rejectedPatch();
      return undefined;
    default:
      throw op satisfies never;
  }
}

/**
 * Applies a JSON patch and returns the changed copy.
 * @throws ApiError 400 when it is no patch, 422 when a path is not there or a `test` fails
 */
export function applyJsonPatch(document: unknown, patch: unknown): unknown {
  const patched = new PatchedDocument(structuredClone(document));
  for (const operation of parsePatch(patch)) applyOperation(patched, operation);
  return patched.root;
}
