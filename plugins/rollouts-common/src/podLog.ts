import { z } from 'zod/v3';

export const podParamsSchema = z.object({
  cluster: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
  pod: z.string().min(1).max(253),
});

/** A pod on one cluster, by its name. */
export type PodRef = z.infer<typeof podParamsSchema>;

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform(value => value === 'true');

/** Query of `GET /v1/clusters/:cluster/namespaces/:namespace/pods/:pod/log`. */
export const podLogQuerySchema = z.object({
  container: z.string().max(253).optional(),
  /** Newest lines to begin with. */
  tailLines: z.coerce.number().int().min(0).max(100_000).default(500),
  /** Of the container's previous run. */
  previous: flag,
  /** Goes on until the reader leaves or the container ends. */
  follow: flag,
});
export type PodLogQuery = z.input<typeof podLogQuerySchema>;

/** The reply is text: each line an RFC 3339 time with nanoseconds, a space, and the line itself, as Kubernetes writes it. */
export interface PodLogLine {
  at: string | undefined;
  text: string;
}

/** Splits one line of the reply. */
export function parsePodLogLine(line: string): PodLogLine {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)) (.*)$/s.exec(line);
  return match ? { at: match[1], text: match[2] } : { at: undefined, text: line };
}
