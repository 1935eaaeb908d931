export { fromTable, type TableColumns } from './from-table.js';
export { toTable } from './to-table.js';
