export { ClearFiltersButton } from './ClearFiltersButton';
export { FilterBar } from './FilterBar';
export { FilterCheckbox } from './FilterCheckbox';
export { FilterSelect } from './FilterSelect';
export { FilterText } from './FilterText';
export { useFilterInAddress } from './useFilterInAddress';
export type { FilterFormat } from './useFilterInAddress';
