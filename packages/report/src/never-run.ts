import { toMarkdownText } from '@footlight/core';
import { markdownTable } from 'markdown-table';

/** An experiment without a stored result. */
export interface NeverRun {
  readonly experiment: string;
  readonly dataset: string;
  /** Published values by metric. */
  readonly published: Readonly<Record<string, number>>;
  /** Archives that its data are read from, e.g. `ml-20m.zip (199 MB)`; empty if nothing has to be downloaded. */
  readonly needs: readonly string[];
}

/** Formats a Markdown table of experiments that were never run, with what a run needs; empty if there are none. */
export function formatNeverRun(experiments: readonly NeverRun[]): string {
  if (experiments.length === 0) return '';
  const rows = experiments.map(({ experiment, dataset, published, needs }) => [
    toMarkdownText(experiment),
    toMarkdownText(dataset),
    formatPublishedValues(published),
    'never run',
    needs.join(', ') || 'no download',
  ]);
  return `Never run:\n\n${markdownTable([['experiment', 'dataset', 'published', 'measured', 'needs'], ...rows])}`;
}

/** Formats published values in a line, e.g. `ndcg@100 0.424, loss 348.841`; a dash if there are none. */
export function formatPublishedValues(published: Readonly<Record<string, number>>): string {
  const values = Object.entries(published).map(([metric, value]) => `${metric} ${value}`);
  return values.join(', ') || '–';
}
