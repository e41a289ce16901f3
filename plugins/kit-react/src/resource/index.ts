export { useResource } from './useResource';
export type { Resource, ResourceOptions } from './useResource';
export { useSharedResource } from './useSharedResource';
export type { SharedResourceRequest } from './useSharedResource';
