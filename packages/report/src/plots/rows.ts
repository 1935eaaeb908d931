import type { Figure } from './figure.js';

/** What stands along y where there are categories: for each a row per series, and a gap before the next. */
export interface Rows {
  readonly categories: readonly string[];
  /** Of all rows, from above. */
  readonly keys: readonly string[];
  keyOf(category: string, series: number): string;
  /** Pixels that all rows need. */
  readonly height: number;
}

const rowHeight = 16;

/** Undefined where y is a scale of numbers. */
export function rowsOf({ series }: Figure): Rows | undefined {
  const categories = [...new Set(series.flatMap(namesOf))];
  if (categories.length === 0) return undefined;
  const keyOf = (category: string, number: number): string => `${categories.indexOf(category)}.${number}`;
  const gap = series.length > 1 ? [series.length] : [];
  const keys = categories.flatMap((category) => [...series.keys(), ...gap].map((number) => keyOf(category, number)));
  return { categories, keys, keyOf, height: keys.length * (series.length > 1 ? rowHeight : rowHeight * 1.5) };
}

function namesOf(series: Figure['series'][number]): string[] {
  if (series.draw === 'bars') return series.bars.map(({ category }) => category);
  return series.draw === 'intervals' ? series.intervals.map(({ category }) => category) : [];
}
