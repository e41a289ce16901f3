export { backoffMs, delay } from './backoff';
export { liveApiFactory, liveApiRef } from './LiveApi';
export type { LiveApi, LiveConnectionState, LiveListener } from './LiveApi';
export { useLive } from './useLive';
export type { LiveOptions, LiveResult } from './useLive';
