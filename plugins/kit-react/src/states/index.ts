export { describeError } from './describeError';
export type { ErrorDescription, ErrorKind } from './describeError';
export { EmptyState } from './EmptyState';
export { useErrorReason } from './useErrorReason';
export { ErrorState } from './ErrorState';
export { RequestIdNote } from './RequestIdNote';
export { LoadingState } from './LoadingState';
export { StaleBanner } from './StaleBanner';
