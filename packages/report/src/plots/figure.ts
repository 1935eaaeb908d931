// What a figure says; how it looks is the business of draw-figure.ts.

/** One figure: two axes, and series drawn between them. */
export interface Figure {
  /** Letters, digits and hyphens; no other figure of the page may have it. */
  readonly id: string;
  readonly title: string;
  /** What there is to see, in a sentence or two, for those who cannot see it. */
  readonly description: string;
  readonly x: Axis;
  /** Left out where `bars`, `intervals` and their categories stand along y. */
  readonly y?: Axis;
  readonly series: readonly Series[];
  /** Lines across the whole figure: a value that was published, the end of a phase. */
  readonly rules?: readonly Rule[];
  /** A second scale for x, above the figure. */
  readonly top?: { readonly label: string; readonly ticks: readonly { readonly at: number; readonly text: string }[] };
  /** Pixels at which text has its natural size; default 360. */
  readonly width?: number;
  /** Pixels of the part between the axes and around them; default 240, with categories as much as they need. */
  readonly height?: number;
}

export interface Axis {
  /** With its unit: `loss (nats per user)`. */
  readonly label: string;
  /** Default: from the smallest to the largest value. */
  readonly domain?: readonly [from: number, to: number];
  readonly scale?: 'linear' | 'log';
  /** Where ticks are; default: a few round numbers. */
  readonly ticks?: readonly number[];
  /** Default: as many digits as tell the ticks apart. */
  readonly format?: (value: number) => string;
}

/** What is drawn for one name of the legend; the legend is left out where there is one name only. */
export type Series = { readonly name: string } & (
  | { readonly draw: 'line'; readonly points: readonly LinePoint[] }
  | { readonly draw: 'points'; readonly points: readonly Point[]; readonly hollow?: boolean }
  | { readonly draw: 'columns'; readonly columns: readonly Column[] }
  | { readonly draw: 'bars'; readonly bars: readonly Bar[] }
  | { readonly draw: 'intervals'; readonly intervals: readonly Interval[] }
);

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Shown under the pointer. */
  readonly note?: string;
}

/** Points of one `run` are joined; default: all. */
export interface LinePoint extends Point {
  readonly run?: string | number;
}

/** From one x to another, upwards from zero: what histograms are made of. */
export interface Column {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/** From zero to the right. */
export interface Bar {
  readonly category: string;
  readonly x: number;
  /** Ends of a spread, drawn as a thin line. */
  readonly low?: number;
  readonly high?: number;
  /** At the end of the bar. */
  readonly text?: string;
}

/** A value and how far it may be off. */
export interface Interval {
  readonly category: string;
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

export type Rule = ({ readonly x: number } | { readonly y: number }) & { readonly label: string };
