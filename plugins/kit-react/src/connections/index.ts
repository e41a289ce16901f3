export { ConnectionSourceBlueprint } from './ConnectionSourceBlueprint';
export type { ConnectionSource } from './ConnectionSourceBlueprint';
