/** Content of a figure: two axes and the series between them. `drawFigure` decides how it looks. */
export interface Figure {
  /** Letters, digits and hyphens; unique within a page. */
  readonly id: string;
  readonly title: string;
  /** What the figure shows, in a sentence or two, for readers who cannot see it. */
  readonly description: string;
  readonly x: Axis;
  /** Absent where `bars` or `intervals` have categories along y, and where there are `scales`. */
  readonly y?: Axis;
  /**
   * Parallel coordinates: horizontal scales, one below the other, in place of both axes. `y` of a point is the number
   * of its scale, from 0; `x` its position there, from 0 at the left to 1 at the right.
   */
  readonly scales?: readonly ParallelScale[];
  readonly series: readonly Series[];
  /** Lines across the figure, e.g. a published value or the end of a phase. */
  readonly rules?: readonly Rule[];
  /** A second scale for x, above the figure. */
  readonly top?: { readonly label: string; readonly ticks: readonly { readonly at: number; readonly text: string }[] };
  /** Width at which text has its natural size, in pixels. Default 360. */
  readonly width?: number;
  /** Height without title and legend, in pixels. Default 240; with categories it depends on their number. */
  readonly height?: number;
}

/** An axis of a figure. */
export interface Axis {
  /** Label with its unit, e.g. `loss (nats per user)`. */
  readonly label: string;
  /** Default: from the smallest to the largest value. */
  readonly domain?: readonly [from: number, to: number];
  readonly scale?: 'linear' | 'log';
  /** Positions of the ticks. Default: a few round numbers. */
  readonly ticks?: readonly number[];
  /** Formats tick labels. Default: enough digits to distinguish the ticks. */
  readonly format?: (value: number) => string;
}

/** One of the scales of parallel coordinates. */
export interface ParallelScale {
  readonly label: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** Data drawn for one entry of the legend. A single series has no legend. */
export type Series = {
  readonly name: string;
  /** Number of its color, symbol and dash: equal things look equal in several figures. Default: its position. */
  readonly look?: number;
} & (
  | {
      readonly draw: 'line';
      readonly points: readonly LinePoint[];
      /** `steps` keeps a value until the next one. Default `straight`. */
      readonly shape?: 'straight' | 'steps';
      /** How much many lines stand out; they have no point symbols then. Default: as a line by itself. */
      readonly emphasis?: 'strong' | 'normal' | 'faint';
      /** Whether the line has no dashes, whatever its look. Default false. */
      readonly solid?: boolean;
    }
  | { readonly draw: 'points'; readonly points: readonly Point[]; readonly hollow?: boolean }
  | { readonly draw: 'columns'; readonly columns: readonly Column[] }
  | { readonly draw: 'bars'; readonly bars: readonly Bar[] }
  | { readonly draw: 'intervals'; readonly intervals: readonly Interval[] }
  | { readonly draw: 'spans'; readonly spans: readonly Span[] }
);

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Tooltip. */
  readonly note?: string;
}

/** A point of a line. Points with equal `run` are connected; default: all points. */
export interface LinePoint extends Point {
  readonly run?: string | number;
}

/** A column from zero upwards between two values of x, as in histograms. */
export interface Column {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  /** Where the column begins, on top of another one. Default 0. */
  readonly base?: number;
}

/** A bar between two values of x, in a row of height 1 around y. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  /** Tooltip. */
  readonly note?: string;
}

/** A bar from zero to the right. */
export interface Bar {
  readonly category: string;
  readonly x: number;
  /** Lower end of a range, drawn as a thin line. */
  readonly low?: number;
  /** Upper end of the range. */
  readonly high?: number;
  /** Text at the end of the bar. */
  readonly text?: string;
}

/** A value with an interval. */
export interface Interval {
  readonly category: string;
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** A line across the figure with a label. */
export type Rule = ({ readonly x: number } | { readonly y: number }) & { readonly label: string };
