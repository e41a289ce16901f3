import { createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { version } from '../package.json';

/** This process, as others on the same database know it. */
export interface PortalProcess {
  /** What is written beside what it holds: see {@link nameOfProcess}. */
  name: string;
  /** Of the portal. */
  version: string;
  startedAt: Date;
}

/** Host, process id and something random: for people who look into the database, and different for each process that ever was. */
export function nameOfProcess(): string {
  return [hostname().slice(0, 60), process.pid, randomUUID().slice(0, 8)].join(' ');
}

/** One per backend process. */
export const portalProcessServiceRef = createServiceRef<PortalProcess>({
  id: 'leitstand.process',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: () => ({
        name: nameOfProcess(),
        version,
        startedAt: new Date(Date.now() - process.uptime() * 1000),
      }),
    }),
});
