import { assertEqualLengths } from './assert-equal-lengths.js';
import { type ColumnCollector, createIdCollector, createNumberCollector, type RowUnit } from './column-collectors.js';
import type { TimeUnit } from './convert-to-seconds.js';
import type { FileLocation } from './file-location.js';
import type { NumberColumn } from './growing-column.js';
import type { SourceIds } from './number-ids.js';

/** A file with one interaction per row, and the names of its columns. */
export interface InteractionFile {
  readonly location: FileLocation;
  readonly names: {
    readonly user: string;
    /** Absent: the column of the users has both ids. */
    readonly item?: string;
    readonly rating?: string;
    readonly timestamp?: string;
    readonly weight?: string;
  };
  /** Unit of the timestamps. */
  readonly times: TimeUnit;
}

/** The columns of interactions as the file has them: original ids, times in the unit of the file. */
export interface InteractionColumns {
  /** `[interaction]` */
  readonly user: SourceIds;
  /** `[interaction]`; absent where `user` has both ids. */
  readonly item?: SourceIds;
  /** `[interaction]` */
  readonly rating?: NumberColumn;
  /** `[interaction]` */
  readonly timestamp?: NumberColumn;
  /** `[interaction]` */
  readonly weight?: NumberColumn;
  /** Unit of the timestamps where the file itself names it. Absent: `times` of the file. */
  readonly timestampUnit?: TimeUnit;
}

/** One collector per named column, in the order of the names. */
export function createCollectors(
  { names, times }: Omit<InteractionFile, 'location'>,
  fileName: string,
  unit: RowUnit,
): { readonly columns: readonly ColumnCollector<unknown>[]; take(): InteractionColumns } {
  const kind = times === 'date' ? 'date' : 'float64';
  const columns = {
    user: createIdCollector(fileName, names.user, unit),
    ...(names.item !== undefined && { item: createIdCollector(fileName, names.item, unit) }),
    ...(names.rating && { rating: createNumberCollector('float32', fileName, names.rating, unit) }),
    ...(names.timestamp && { timestamp: createNumberCollector(kind, fileName, names.timestamp, unit) }),
    ...(names.weight && { weight: createNumberCollector('float32', fileName, names.weight, unit) }),
  };
  return {
    columns: Object.values(columns),
    take: () =>
      assertEqualLengths(fileName, {
        user: columns.user.take(),
        ...(columns.item && { item: columns.item.take() }),
        ...(columns.rating && { rating: columns.rating.take() }),
        ...(columns.timestamp && { timestamp: columns.timestamp.take() }),
        ...(columns.weight && { weight: columns.weight.take() }),
      }),
  };
}
