import type { Figure } from './figure.js';

/** Rows along a categorical y axis: one per series for each category, with a gap between categories. */
export interface CategoryRows {
  readonly categories: readonly string[];
  /** Keys of all rows, top to bottom. */
  readonly keys: readonly string[];
  getKey(category: string, series: number): string;
  /** Height of all rows, in pixels. */
  readonly height: number;
}

const rowHeight = 16;

/** Creates the rows of a figure; undefined where y is a numeric scale. */
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
