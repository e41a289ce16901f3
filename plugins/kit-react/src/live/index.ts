export { backoffMs, delay } from './backoff';
export { liveApiFactory, liveApiRef } from './LiveApi';
export type { LiveApi, LiveConnectionState, LiveListener } from './LiveApi';
export { NotLiveAlert } from './NotLiveAlert';
export { useLive } from './useLive';
export type { LiveOptions, LiveResult } from './useLive';
export { useFollowed } from './useFollowed';
export type { Followed, FollowOptions } from './useFollowed';
