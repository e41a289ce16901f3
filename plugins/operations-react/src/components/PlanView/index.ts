export { ChangesTable } from './ChangesTable';
export { DocumentDiffView } from './DocumentDiffView';
export { PlanView } from './PlanView';
