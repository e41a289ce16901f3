import { createRandom, type Random } from '../core';
import { demoUsers } from '../oidc/demoUsers';
import { billedBytes } from './jobs/billedBytes';
import type { ErrorProto, JobDocument } from './jobs/JobDocument';
import type { Jobs } from './jobs/Jobs';
import type { Warehouse } from './jobs/Warehouse';

const dayMs = 24 * 60 * 60 * 1000;
const historyDays = 60;
/** So many days ago the readings were deleted; the report on them went on failing until somebody saw it. */
const deletedDaysAgo = 21;
const mebibyte = 1024 * 1024;

const project = 'homelab-lamp';
const daily = `\`${project}.weather_analysis.berlin_weather_daily\``;
const readings = `\`${project}.weather_analysis.station_readings\``;
const backend = `bigquery-access@${project}.iam.gserviceaccount.com`;
const [viewer, operator, admin] = demoUsers.map(({ email }) => email);

/** A kind of job that was run again and again. */
interface Habit {
  userEmail: string;
  query: string;
  statementType: string;
  /** On how many of a hundred days. */
  chancePercent: number;
  /** Bytes read, so many days ago. */
  processedBytes(daysAgo: number): number;
  durationMs: number;
  labels?: Record<string, string>;
  /** How it ended when not well. */
  failure?(daysAgo: number): ErrorProto | undefined;
}

const gone: ErrorProto = {
  reason: 'notFound',
  message: `Not found: Table ${project}:weather_analysis.station_readings was not found in location EU`,
};

/** The table of readings grew by 40 MiB a day. */
const readingsBytes = (daysAgo: number) => (120 - daysAgo) * 40 * mebibyte;

const habits: Habit[] = [
  {
    userEmail: backend,
    query: `SELECT station, AVG(temp_celsius) AS avg_temp FROM ${readings} GROUP BY station`,
    statementType: 'SELECT',
    chancePercent: 100,
    processedBytes: readingsBytes,
    durationMs: 5_200,
    labels: { report: 'nightly' },
    failure: daysAgo => (daysAgo <= deletedDaysAgo ? gone : undefined),
  },
  {
    userEmail: operator,
    query: `SELECT condition, COUNT(*) AS days FROM ${daily} GROUP BY condition`,
    statementType: 'SELECT',
    chancePercent: 35,
    processedBytes: () => 5_500,
    durationMs: 640,
  },
  {
    userEmail: viewer,
    query: `SELECT day, avg_temp_celsius FROM ${daily} ORDER BY day`,
    statementType: 'SELECT',
    chancePercent: 25,
    processedBytes: () => 11_696,
    durationMs: 480,
  },
  {
    userEmail: admin,
    query: `CREATE OR REPLACE MODEL \`${project}.weather_analysis.frost_model\` OPTIONS(model_type="logistic_reg", input_label_cols=["has_frost"]) AS SELECT avg_temp_celsius, humidity_percent, wind_speed_kmh, cloud_cover_percent, has_frost FROM ${daily}`,
    statementType: 'CREATE_MODEL',
    chancePercent: 12,
    processedBytes: () => 24_123,
    durationMs: 38_000,
    labels: { purpose: 'retrain' },
  },
  {
    userEmail: operator,
    query: `SELECT day, avg_temperature FROM ${daily}`,
    statementType: 'SELECT',
    chancePercent: 8,
    processedBytes: () => 0,
    durationMs: 150,
    failure: () => ({
      reason: 'invalidQuery',
      location: 'query',
      message: 'Unrecognized name: avg_temperature; Did you mean avg_temp_celsius? at [1:13]',
    }),
  },
];

function jobOf(habit: Habit, daysAgo: number, options: { now: number; random: Random }): JobDocument {
  const { now, random } = options;
  const error = habit.failure?.(daysAgo);
  const processed = error ? 0 : habit.processedBytes(daysAgo);
  const createdAt = Math.floor(now - (daysAgo - random.next() * 0.9) * dayMs);
  const startedAt = createdAt + 80;
  const bytes = { totalBytesProcessed: String(processed) };
  return {
    project,
    jobId: `job_${random.text(28)}`,
    location: 'EU',
    userEmail: habit.userEmail,
    configuration: {
      jobType: 'QUERY',
      query: { query: habit.query, useLegacySql: false },
      ...(habit.labels && { labels: habit.labels }),
    },
    state: 'DONE',
    ...(error && { errors: [error] }),
    createdAt,
    startedAt,
    endedAt: startedAt + Math.round(habit.durationMs * (0.7 + 0.6 * random.next())),
    statistics: {
      ...bytes,
      query: {
        statementType: habit.statementType,
        ...bytes,
        totalBytesBilled: String(billedBytes(processed)),
        billingTier: 1,
        cacheHit: false,
      },
    },
  };
}

/** Gives the project the jobs of the past 60 days: of several people, some failed, the same at every seeding. */
export async function seedHistory({ clock }: Warehouse, jobs: Jobs): Promise<void> {
  const random = createRandom(476_802);
  for (let daysAgo = historyDays; daysAgo >= 1; daysAgo--) {
    for (const habit of habits) {
      if (random.next() * 100 < habit.chancePercent)
        await jobs.add(jobOf(habit, daysAgo, { now: clock.now(), random }));
    }
  }
}
