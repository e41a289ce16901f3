/** Types of stack.mjs, for the journeys and the benchmarks. */

/** How the stack is started. */
export interface StackOptions {
  /** Port of the portal; 0 takes a free one. */
  port: number;
  /** Absolute path; databases and the homelab's state. Made if it is not there. */
  stateDir: string;
  /** Configuration files that override all others. */
  extraConfigs?: string[];
  /** Configuration files that override the shipped ones, but not `app-config.local.yaml`. */
  defaultConfigs?: string[];
  /** Added to the backend's environment. */
  env?: Record<string, string>;
  /** Told what happens; default: nothing. */
  log?: (text: string) => void;
  /** Default: `.leitstand/logs` in the repository. */
  logDirectory?: string;
  /** The Node.js to run it on; default: the running one. */
  node?: string;
  /** What is run instead of the shipped entry points; for tests and baselines. */
  entries?: { homelab?: string; backend?: string };
  /** Ends the start. */
  signal?: AbortSignal;
  /** Default 120,000. */
  readyTimeoutMs?: number;
}

/** The running homelab and backend. */
export interface Stack {
  /** For example "http://localhost:7007". */
  url: string;
  homelab: {
    /** What the backend got: addresses and tokens by environment variable. */
    environment: Record<string, string>;
    systems: { name: string; url: string }[];
    signIns: { name: string; role: string; note: string }[];
  };
  pids: { homelab: number; backend: number };
  /** Resolves if one of the processes ends by itself; the other one is stopped then. */
  failed: Promise<Error>;
  /** Ends both, the backend first. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts homelab and backend from their sources and waits until the portal answers. The app must have been built.
 *
 * @throws LauncherError `app-not-built`, `child-ended` or `not-ready` with the end of the log; nothing is left running
 */
export function startStack(options: StackOptions): Promise<Stack>;
