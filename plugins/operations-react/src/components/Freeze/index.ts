export { EntityFreezes } from './EntityFreezes';
export { FreezeNote } from './FreezeNote';
export { FreezeScope } from './FreezeScope';
