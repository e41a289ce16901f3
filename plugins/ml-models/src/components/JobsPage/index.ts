export { JobsPage } from './JobsPage';
export { JobsTable } from './JobsTable';
