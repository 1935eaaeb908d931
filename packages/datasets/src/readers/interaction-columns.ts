import { type ColumnCollector, createIdCollector, createNumberCollector } from './column-collectors.js';
import type { NumberColumn } from './growing-column.js';
import type { SourceIds } from './number-ids.js';

/** A file with one interaction per row, and the names of its columns. */
export interface InteractionFile {
  readonly path: string;
  readonly names: {
    readonly user: string;
    readonly item: string;
    readonly rating?: string;
    readonly timestamp?: string;
  };
  /** Unit of the timestamps: `seconds` or `milliseconds` since 1970, or ISO dates. */
  readonly times: 'seconds' | 'milliseconds' | 'date';
}

/** The columns of interactions as the file has them: original ids, times in the unit of the file. */
export interface InteractionColumns {
  /** `[interaction]` */
  readonly user: SourceIds;
  /** `[interaction]` */
  readonly item: SourceIds;
  /** `[interaction]` */
  readonly rating?: NumberColumn;
  /** `[interaction]` */
  readonly timestamp?: NumberColumn;
}

/** One collector per named column, in the order of the names. */
export function createCollectors(
  { names, times }: InteractionFile,
  fileName: string,
): { readonly columns: readonly ColumnCollector<unknown>[]; take(): InteractionColumns } {
  const columns = {
    user: createIdCollector(fileName, names.user),
    item: createIdCollector(fileName, names.item),
    ...(names.rating && { rating: createNumberCollector('float32', fileName, names.rating) }),
    ...(names.timestamp && {
      timestamp: createNumberCollector(times === 'date' ? 'date' : 'float64', fileName, names.timestamp),
    }),
  };
  return {
    columns: Object.values(columns),
    take: () => ({
      user: columns.user.take(),
      item: columns.item.take(),
      ...(columns.rating && { rating: columns.rating.take() }),
      ...(columns.timestamp && { timestamp: columns.timestamp.take() }),
    }),
  };
}
