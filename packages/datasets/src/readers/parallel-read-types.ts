import type { ColumnRequest, DelimitedLayout } from './column-types.js';
import type { NumberColumn } from './growing-column.js';

/** Input of the worker: it reads the lines of a plain file from a byte on. */
export interface ParallelReadTask {
  readonly path: string;
  /** The first byte of a line. */
  readonly from: number;
  /** With the names of the columns in `header`, since the worker does not see the first line of the file. */
  readonly layout: DelimitedLayout<Record<string, ColumnRequest>>;
}

/** The second half of a file while a worker thread reads it. */
export interface ParallelRead {
  /** The first byte of the second half, which is the first byte of a line. */
  readonly from: number;
  /** The columns of the second half in the order of the requests; undefined if the worker failed for any reason. */
  readonly columns: Promise<NumberColumn[] | undefined>;
  /** Terminates the worker, whether it has finished or not. */
  stop(): void;
}
