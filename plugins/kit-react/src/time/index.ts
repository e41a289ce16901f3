export { RelativeTime } from './RelativeTime';
export { formatAbsoluteTime, formatRelativeTime } from './formatTime';
export { useNow } from './useNow';
export { SinceTime } from './SinceTime';
