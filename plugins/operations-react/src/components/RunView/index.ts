export { Elapsed } from './Elapsed';
export { RunOutcome } from './RunOutcome';
export { RunStateChip } from './RunStateChip';
export { RunSteps } from './RunSteps';
export { RunView } from './RunView';
export { RunOutput } from './RunOutput';
export { RunWaiting } from './RunWaiting';
