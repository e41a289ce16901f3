export { HealthBadge } from './HealthBadge';
export type { HealthBadgeState } from './HealthBadge';
export { StatusChip } from './StatusChip';
export type { StatusTone } from './StatusChip';
export { EntityHealthBlueprint } from './EntityHealthBlueprint';
export type { EntityHealthApi } from './EntityHealthBlueprint';
export { CountedIcon } from './CountedIcon';
