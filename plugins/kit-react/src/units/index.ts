export { formatBytes } from './formatBytes';
export { formatDuration } from './formatDuration';
