export { FilterSelect } from './FilterSelect';
export { FilterText } from './FilterText';
export { useFilterInAddress } from './useFilterInAddress';
export type { FilterFormat } from './useFilterInAddress';
