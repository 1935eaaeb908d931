import type { CodedTexts } from './number-ids.js';

/** The typed array that each kind of column becomes. */
export interface ColumnValues {
  /** Whole numbers from 0: `Int32Array` if all are below 2³¹, else `Float64Array`. */
  readonly id: Int32Array | Float64Array;
  /** Ids of any form: a code per row, and the text of each code. */
  readonly 'text-id': CodedTexts;
  /** Texts, which may be empty: a code per row, and the text of each code. */
  readonly text: CodedTexts;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  /** ISO dates as seconds since 1970. */
  readonly date: Float64Array;
  /** The line of the file in which each row begins, from 1: no column of the file, and its name is ignored. */
  readonly line: Float64Array;
}

/** How the fields of a column are parsed. */
export type ColumnKind = keyof ColumnValues;

/** A column to read. */
export interface ColumnRequest {
  /** The name of the column in the header or, without a header, its position from 0. */
  readonly column: string | number;
  readonly kind: ColumnKind;
}

/** How the rows of a delimited text file are written. */
export interface Delimiters {
  /** One character, or one character twice (`::`). */
  readonly separator: string;
  /** Names of all columns of a file without a header. Default: the first line is the header. */
  readonly header?: readonly string[];
  /**
   * Whether quotation marks may enclose a field, as in CSV: such a field may contain separators and line ends, and a
   * quotation mark in it is doubled. `false`: they are characters like others. Default: `true` for separators of one
   * character other than the tab; else `false`, and a field that begins and ends with one is refused, since it may mean
   * either.
   */
  readonly quotes?: boolean;
}

/** The layout of a delimited text file, and the columns to read from it. */
export interface DelimitedLayout<Requests> extends Delimiters {
  readonly columns: Requests;
}

/** The columns that were read, by the name of their request. */
export type RequestedColumns<Requests extends Record<string, ColumnRequest>> = {
  [Name in keyof Requests]: ColumnValues[Requests[Name]['kind']];
};
