import type { Clock, Random } from '../../core';
import type { Catalog } from '../storage/Catalog';
import type { Database } from '../storage/Database';
import type { TableRows } from '../storage/TableRows';
import type { Trainings } from './Trainings';

/** How long jobs take at least, in milliseconds: the homelab's data is too small for the real thing to be seen. */
export interface JobDurations {
  /** Before a job of any kind begins. */
  pending: number;
  query: number;
  load: number;
  createModel: number;
}

/** What jobs work with. */
export interface Warehouse {
  /** Those that exist. */
  projects: string[];
  database: Database;
  catalog: Catalog;
  rows: TableRows;
  trainings: Trainings;
  clock: Clock;
  random: Random;
  durations: JobDurations;
  /** Folder for files while they are read. */
  temporaryDir: string;
}
