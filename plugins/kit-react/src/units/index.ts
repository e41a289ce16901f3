export { formatBytes } from './formatBytes';
export { formatCpu } from './formatCpu';
export { formatDuration } from './formatDuration';
