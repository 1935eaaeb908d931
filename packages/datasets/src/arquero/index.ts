export { fromTable, type TableColumns } from './from-table.js';
export { type ToTableOptions, toTable } from './to-table.js';
