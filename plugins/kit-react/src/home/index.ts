export { HomeCard } from './HomeCard';
export { HomeCardBlueprint } from './HomeCardBlueprint';
export type { HomeCardParams, HomeCardPlacement } from './HomeCardBlueprint';
