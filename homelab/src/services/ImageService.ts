import type { Metrics } from './Metrics';
import type { BigQueryAccess } from './predictWithBigQuery';

/** A request to a pod. */
export interface ServiceRequest {
  method: string;
  url: URL;
  /** What the path's groups hold, in their order. */
  groups: string[];
  /** Parsed JSON; undefined when there is none. */
  body: unknown;
}

/** What a pod answers; a string is text, anything else JSON. */
export interface ServiceReply {
  status?: number;
  /** By default `text/plain` or `application/json`. */
  contentType?: string;
  body: unknown;
}

/** What a pod has to work with. */
export interface ServiceContext {
  /** Of its image: one image answers differently from release to release. */
  tag: string;
  podName: string;
  /** Milliseconds since the epoch. */
  now: number;
  metrics: Metrics;
  /** Where there is one in the scenario. */
  bigQuery?: BigQueryAccess;
  /** What the pods of a namespace share, as in a database; made when it is asked for first. */
  shared<T>(name: string, create: () => T): T;
  /** Asks another service of the namespace by `name:port`. */
  call(service: string, path: string): Promise<ServiceReply>;
}

/** One operation of a service. */
export interface Route {
  /** GET by default. */
  method?: string;
  /** The whole path. */
  path: RegExp;
  /** The first tag that has it. */
  since?: string;
  answer(request: ServiceRequest, context: ServiceContext): ServiceReply | Promise<ServiceReply>;
}

/** How pods of one repository answer. */
export interface ImageService {
  repository: string;
  /** Processor time that a request takes, in milliseconds: it makes the CPU that is used, and the latency under load. */
  cpuMs: number;
  /** Names and help of counters that are there before the first request. */
  counters?: { name: string; help: string; since?: string }[];
  routes: Route[];
}

/** Is the tag that one or a later one? Tags are ordered by the numbers in them. */
export function isSince(tag: string, since: string | undefined): boolean {
  return since === undefined || tag.localeCompare(since, 'en', { numeric: true }) >= 0;
}
