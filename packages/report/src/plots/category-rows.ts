import type { Figure } from './figure.js';

/** What stands along y where there are categories: for each a row per series, and a gap before the next. */
export interface CategoryRows {
  readonly categories: readonly string[];
  /** Of all rows, from above. */
  readonly keys: readonly string[];
  getKey(category: string, series: number): string;
  /** Pixels that all rows need. */
  readonly height: number;
}

const rowHeight = 16;

/** Undefined where y is a scale of numbers. */
export function createCategoryRows({ series }: Figure): CategoryRows | undefined {
  const categories = [...new Set(series.flatMap(listCategories))];
  if (categories.length === 0) return undefined;
  const getKey = (category: string, number: number): string => `${categories.indexOf(category)}.${number}`;
  const gap = series.length > 1 ? [series.length] : [];
  const keys = categories.flatMap((category) => [...series.keys(), ...gap].map((number) => getKey(category, number)));
  return { categories, keys, getKey, height: keys.length * (series.length > 1 ? rowHeight : rowHeight * 1.5) };
}

function listCategories(series: Figure['series'][number]): string[] {
  if (series.draw === 'bars') return series.bars.map(({ category }) => category);
  return series.draw === 'intervals' ? series.intervals.map(({ category }) => category) : [];
}
