import { seededImages } from './seedImages';

/** One line of a container's log; `atMs` is milliseconds since the epoch. */
export interface LogLine {
  atMs: number;
  text: string;
}

/** One life of a container, from its start to now or to its end; milliseconds since the epoch. */
export interface ContainerRun {
  startedMs: number;
  untilMs: number;
  /** Did its process end by itself? */
  hasEnded: boolean;
}

/** What a container does. A server, which has no `exit`, runs until it is stopped. */
export interface ImageBehaviour {
  exit?: { code: number; afterMs: number };
  /** Written when it starts. */
  starts: string[];
  /** Written again and again while it runs, one line after the other. */
  beats?: { everyMs: number; lines: string[] };
  /** Written at its end, the reason last. */
  ends?: string[];
}

/** Finds how an image behaves; undefined when no registry has it. */
export type ImageRegistry = (image: string) => ImageBehaviour | undefined;

/** A beat's lines beyond this number are rotated away, as the kubelet does with long logs. */
const maxBeatCount = 1_000;
const server: ImageBehaviour = { starts: ['configuration read from environment', 'ready to serve'] };

/** `nginx` → `docker.io/library/nginx:latest`, as containerd completes a reference. */
export function completeReference(image: string): string {
  const [first, ...rest] = image.split('/');
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const path = hasHost ? image : `docker.io/${rest.length > 0 ? image : `library/${image}`}`;
  return /:[^/]+$/.test(path) ? path : `${path}:latest`;
}

/** @param more - further images that exist, with their tags; they are servers */
export function createImageRegistry(more: string[] = []): ImageRegistry {
  const held = new Map<string, ImageBehaviour>(more.map(image => [completeReference(image), server]));
  for (const { repository, tags, ...behaviour } of seededImages) {
    for (const tag of tags) held.set(`${repository}:${tag}`, { ...server, ...behaviour });
  }
  return image => held.get(completeReference(image));
}

/** Everything that a container has written in one life, oldest first; the same at every look. */
export function linesOf(behaviour: ImageBehaviour, run: ContainerRun): LogLine[] {
  const { starts, beats, ends = [] } = behaviour;
  const { startedMs, untilMs, hasEnded } = run;
  const lines = starts.map((text, index) => ({ atMs: startedMs + index, text }));
  if (beats) {
    const count = Math.floor((untilMs - startedMs) / beats.everyMs);
    for (let beat = Math.max(0, count - maxBeatCount); beat < count; beat++) {
      const text = beats.lines[beat % beats.lines.length].replaceAll('{n}', String(beat + 1));
      lines.push({ atMs: startedMs + (beat + 1) * beats.everyMs, text });
    }
  }
  if (hasEnded) lines.push(...ends.map(text => ({ atMs: untilMs, text })));
  return lines.filter(line => line.atMs <= untilMs);
}
