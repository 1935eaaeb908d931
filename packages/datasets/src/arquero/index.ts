export { type ColumnarTable, fromTable, type TableColumns } from './from-table.js';
export { type RecommendedItem, toRecommendationTable } from './to-recommendation-table.js';
export { type ToTableOptions, toTable } from './to-table.js';
