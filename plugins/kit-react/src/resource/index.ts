export { useResource } from './useResource';
export type { Resource, ResourceOptions } from './useResource';
