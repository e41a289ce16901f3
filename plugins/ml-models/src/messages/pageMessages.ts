/** Texts of the list of models. */
export const listMessages = {
  title: 'Models',
  count_one: '{{count}} model',
  count_other: '{{count}} models',
  countMore_one: '{{count}} model, more follow',
  countMore_other: '{{count}} models, more follow',
  refreshFailed: 'This list could not be brought up to date.',
  notRead: '{{connection}} could not be read: {{reason}}',
  stale: '{{connection}}: last known state, because {{reason}}',
  notConnected: 'No project is connected',
  notConnectedAdvice: 'Name a connection under mlModels.connections in the configuration.',
  none: 'There is no model yet',
  noneAdvice: 'Create one from a template, or train one in BigQuery: it appears here by itself.',
  nothingFits: 'No model fits these filters',
  nothingFitsAdvice: 'Change them, or clear them all.',
  select: 'Compare {{model}}',
  compare_one: 'Compare ({{count}})',
  compare_other: 'Compare ({{count}})',
  compareHint: 'Choose two to {{max}} models.',
  clearSelection: 'Clear selection',
} as const;

/** Texts of models beside each other. */
export const compareMessages = {
  title: 'Comparison',
  what: 'What',
  features: 'Features',
  iterations: 'Iterations',
  best: 'best',
  charts: 'Charts',
  nothingShared: 'These models have no metric in common.',
  choose: 'Choose two to four models',
  chooseAdvice: 'Tick them in the list of models.',
  toList: 'To the list of models',
} as const;

/** Texts of jobs. */
export const jobMessages = {
  title: 'Jobs',
  state: 'State',
  states: { running: 'Running', failed: 'Failed', done: 'Done' },
  what: 'What',
  model: 'Model',
  user: 'User',
  created: 'Created',
  duration: 'Duration',
  billed: 'Billed',
  actions: 'Actions',
  cancel: 'Cancel',
  error: '{{reason}}: {{message}}',
  cancelLabel: 'Cancel job {{job}}',
  run: 'Its run in the portal',
  none: 'No job fits',
  noneAdvice: 'Choose another month, or clear the filters.',
  more: 'Show more',
  cut: 'Only the newest {{limit}} jobs are shown. Filter by user, model or state to see others.',
} as const;

/** Texts of what jobs cost. */
export const usageMessages = {
  title: 'Usage',
  titleOf: 'Usage in {{month}}',
  total_one: '{{count}} job, {{bytes}} billed',
  total_other: '{{count}} jobs, {{bytes}} billed',
  cost: ', about {{cost}}',
  failed_one: ', {{count}} failed',
  failed_other: ', {{count}} failed',
  byMonth: 'Billed by month',
  byUser: 'Billed by user',
  byModel: 'Billed by model',
  month: 'Month',
  bytes: 'Billed',
  nothing: 'Nothing in this month.',
  words: 'Of the jobs that BigQuery shows to the portal’s account; the cost is by the price in the configuration.',
} as const;

/** Texts of cards. */
export const cardMessages = {
  models: 'Models',
  all: 'Show all',
  model: 'Model',
  open: 'Open model',
  predict: 'Predict',
  trained: 'Last trained or changed',
} as const;
