import { markdownTable } from 'markdown-table';
import { experimentOf, rowNames } from './experiments.js';

export interface ListedRow {
  readonly row: string;
  readonly dataset: string;
  readonly model: string;
  readonly published: Readonly<Record<string, number>>;
}

/** Every row with what it runs on and what was published for it. */
export async function listedRows(): Promise<ListedRow[]> {
  return Promise.all(
    rowNames().map(async (row) => {
      const { dataset, model, loss, published = {} } = await experimentOf(row);
      return { row, dataset: dataset.name, model: loss ? `${model.name}, ${loss.name}` : model.name, published };
    }),
  );
}

export function rowTable(rows: readonly ListedRow[]): string {
  const publishedText = (published: ListedRow['published']): string =>
    Object.entries(published)
      .map(([metric, value]) => `${metric} ${value}`)
      .join(', ') || '–';
  return markdownTable([
    ['row', 'dataset', 'model', 'published'],
    ...rows.map(({ row, dataset, model, published }) => [row, dataset, model, publishedText(published)]),
  ]);
}
