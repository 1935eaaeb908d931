import { type CsvCell, formatCsv } from './format-csv.js';
import { getError } from './metric-errors.js';
import type { NeverRun } from './never-run.js';
import type { StoredResult } from './result.js';
import { averageRuns } from './result-columns.js';

/**
 * Formats results as CSV (RFC 4180): a line per experiment, with all digits of means and errors, published values, the
 * loss of the test part, the best epoch, and how each was measured. Experiments that were never run have published
 * values only.
 */
export function formatResultsCsv(results: readonly StoredResult[], neverRun: readonly NeverRun[] = []): string {
  const metrics = listKeys(results.map((result) => result.metrics));
  const validated = listKeys(results.map(({ validation = {} }) => validation));
  const published = listKeys([...results, ...neverRun].map((each) => each.published));
  const measuredRows = results.map((result): Record<string, CsvCell> => {
    const { experiment, protocol, seeds, backend, date, command, note } = result;
    return {
      experiment,
      dataset: String(protocol.dataset['name'] ?? ''),
      protocol: protocol.hash,
      ...Object.fromEntries(metrics.flatMap((metric) => listMetricCells(metric, result))),
      ...Object.fromEntries(validated.map((metric) => [`${metric} (validation)`, result.validation?.[metric]?.mean])),
      ...toPublishedCells(published, result.published),
      loss: averageRuns(result, ({ testLoss }) => testLoss),
      best_epoch: averageRuns(result, ({ bestEpoch }) => bestEpoch),
      ...{ seeds: seeds.length, backend, date, command, note },
    };
  });
  const otherRows = neverRun.map((each): Record<string, CsvCell> => {
    const needs = each.needs.length > 0 ? `, needs ${each.needs.join(', ')}` : '';
    return {
      experiment: each.experiment,
      dataset: each.dataset,
      ...toPublishedCells(published, each.published),
      note: `never run${needs}`,
    };
  });
  const rows = [...measuredRows, ...otherRows];
  const columns = listKeys(rows);
  return formatCsv([columns, ...rows.map((row) => columns.map((column) => row[column]))], '\r\n');
}

function listMetricCells(metric: string, { metrics }: StoredResult): [string, CsvCell][] {
  const ours = metrics[metric];
  return [
    [metric, ours?.mean],
    [`${metric} error over seeds`, ours && getError(ours, 'seeds')],
    [`${metric} error over users`, ours && getError(ours, 'users')],
  ];
}

const toPublishedCells = (names: readonly string[], published: Readonly<Record<string, number>>) =>
  Object.fromEntries(names.map((name) => [`${name} published`, published[name]]));

/** All keys of objects, in the order in which they occur first. */
const listKeys = (objects: readonly object[]): string[] => [...new Set(objects.flatMap((each) => Object.keys(each)))];
