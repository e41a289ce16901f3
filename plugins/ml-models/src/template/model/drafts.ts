import type { Gate } from '@leitstand/plugin-ml-models-common';

/** Hosts that the template can publish to. */
export const gitProviders = ['gitea', 'github', 'gitlab'] as const;
export type GitProvider = (typeof gitProviders)[number];

/** A dataset, while it is being chosen; `create` for a new one. */
export interface DatasetDraft {
  project?: string;
  dataset?: string;
  create?: { location: string };
}

/** A `TrainingSource`, while it is being filled in. */
export interface SourceDraft {
  kind?: 'csv' | 'table' | 'query';
  csv?: string;
  table?: string;
  query?: string;
}

/** The columns that are trained on. */
export interface ColumnsDraft {
  label?: string;
  features?: string[];
}

/** `ModelOptions`, while they are being filled in: what is no number is kept as it was typed. */
export interface OptionsDraft {
  modelType?: 'linear_reg' | 'logistic_reg';
  l1Reg?: number | string;
  l2Reg?: number | string;
  maxIterations?: number | string;
  optimizeStrategy?: string;
  autoClassWeights?: boolean;
}

/** A `Gate`, while it is being filled in; without a metric there is none. */
export interface GateDraft {
  metric?: Gate['metric'];
  bound?: number | string;
}

/** Where the files are published. */
export interface RepositoryDraft {
  provider?: GitProvider;
  host?: string;
  owner?: string;
  repo?: string;
}

/** What the form holds, as far as one field needs to know of another. */
export interface TemplateDraft {
  name?: string;
  dataset?: DatasetDraft;
  source?: SourceDraft;
  columns?: ColumnsDraft;
  options?: OptionsDraft;
}
