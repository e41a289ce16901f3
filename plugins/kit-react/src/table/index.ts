export { VirtualTable } from './VirtualTable';
export type { VirtualColumn, VirtualTableProps } from './VirtualTable';
