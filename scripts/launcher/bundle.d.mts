/** Types of bundle.mjs, for the trial of two replicas. */

/** @returns directory of the archives. @throws LauncherError `step-failed` */
export function buildBundle(options: { node: string; signal?: AbortSignal }): Promise<string>;

/** @throws LauncherError `step-failed` */
export function installBundle(options: {
  node: string;
  archives: string;
  directory: string;
  signal?: AbortSignal;
}): Promise<void>;
