import type { z } from 'zod/v3';

/** Where a kind of object is in the API. */
export interface ResourceName {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  /** A part of the object with an address of its own, for example `scale`. */
  subresource?: string;
}

/** One kind of object of the API, with the schema that reads (and trims) it. */
export interface ResourceType<TObject> extends ResourceName {
  schema: z.ZodType<TObject, z.ZodTypeDef, unknown>;
}

/** A kind of question to the server. */
export interface ReviewType<TAnswer> extends ResourceType<TAnswer> {
  kind: string;
}

/** Which objects of a type. */
export interface ObjectSelection {
  /** Left out: all namespaces. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/** One complete list and the version from which to watch on. */
export interface ObjectList<TObject> {
  items: TObject[];
  resourceVersion: string;
}

/** What a watch delivers. A bookmark carries only the version that has been reached. */
export type WatchEvent<TObject> =
  | { type: 'opened' }
  | { type: 'changed'; object: TObject; resourceVersion: string }
  | { type: 'deleted'; object: TObject; resourceVersion: string }
  | { type: 'bookmark'; resourceVersion: string };

/** One operation of a JSON patch (RFC 6902). */
export interface PatchOperation {
  op: 'add' | 'remove' | 'replace' | 'test';
  path: string;
  value?: unknown;
}

/** What to read of a container's log. */
export interface LogSelection {
  container: string;
  /** Newest lines to begin with. */
  tailLines: number;
  /** Of the container's previous run. */
  previous: boolean;
  /** Goes on until the container ends. */
  follow: boolean;
}

/** Which object, by its place. */
export interface ObjectPlace {
  namespace: string;
  name: string;
}

/** What every write has. */
export interface WriteOptions {
  /** Under which name the cluster records the change. */
  fieldManager: string;
  /** The server does everything but keep the result. */
  dryRun: boolean;
  signal: AbortSignal;
}
