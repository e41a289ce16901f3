export { EntityPicker } from './EntityPicker';
export { NamePicker } from './NamePicker';
