import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatWithError, type MetricResult, type StoredResult } from '@footlight/report';
import { root } from '../paths.js';
import type { PublishedValues } from './experiments.js';
import { markdownTable } from './markdown-table.js';
import { experimentLinks } from './result-tables.js';
import { getName } from './results.js';

/** A number that a write-up prints, as `apps/benchmarks/published-cells.ts` describes it. */
interface PublishedCell {
  readonly cell: string;
  readonly experiment?: string;
  readonly metric?: string;
  readonly part?: 'validation' | 'test';
  readonly value?: string;
  readonly size?: 'train' | 'test';
  readonly needs?: string;
}

/** The numbers that each write-up prints, by the folder of its experiments. */
export type PublishedCells = Readonly<Record<string, readonly PublishedCell[]>>;

/** Reads `apps/benchmarks/published-cells.ts`. */
export async function readPublishedCells(): Promise<PublishedCells> {
  const path = pathToFileURL(join(root, 'apps/benchmarks/published-cells.ts')).href;
  return ((await import(path)) as { publishedCells: PublishedCells }).publishedCells;
}

/**
 * Every printed number beside ours: whether they agree, or what a measurement needs.
 *
 * @throws {Error} for a cell of an experiment that has no published value for it
 */
export function cellTable(
  cells: readonly PublishedCell[],
  published: PublishedValues,
  results: readonly StoredResult[],
): string {
  const stored = new Map(results.map((result) => [getName(result), result]));
  const named = [...new Set(cells.flatMap(({ experiment }) => experiment ?? []))];
  const links = new Map(experimentLinks(named).map((link, at) => [named[at]!, link]));
  const rows = cells.map((cell) => {
    const { experiment, needs } = cell;
    const value = cell.value ?? findPublished(cell, published);
    const result = experiment === undefined ? undefined : stored.get(experiment);
    const [ours, agrees] = describeOurs(cell, value, result);
    const source = experiment === undefined ? '–' : links.get(experiment)!;
    const note = result || (experiment !== undefined && !needs) ? source : `${source}; needs ${needs}`;
    return [cell.cell, value, ours.replaceAll(' ', '\u00a0'), agrees, note];
  });
  return markdownTable(['number', 'published', 'ours', 'agree', 'experiment'], rows);
}

function findPublished({ cell, experiment, metric, part }: PublishedCell, published: PublishedValues): string {
  const values = experiment === undefined ? undefined : published.get(experiment);
  const value = (part === 'validation' ? values?.validation : values?.test)?.[metric ?? ''];
  if (value === undefined) throw new Error(`docs: expected a published value of ${experiment} for ${cell}.`);
  return String(value);
}

/** Our number, and whether it agrees with the printed one. */
function describeOurs(
  { metric = '', part, size }: PublishedCell,
  value: string,
  result: StoredResult | undefined,
): [ours: string, agrees: string] {
  if (size && result) {
    const ours = result.sizes[size].toLocaleString('en-US');
    return [ours, ours === value ? 'yes' : 'no'];
  }
  const ours = (part === 'validation' ? result?.validation : result?.metrics)?.[metric];
  return ours ? [formatWithError(ours), compare(ours, value)] : ['not run', '–'];
}

/** Equal when rounded to the printed digits, within two standard errors of what may have been rounded to it, or not. */
export function compare({ mean, standardError }: MetricResult, value: string): string {
  const digits = value.split('.')[1]?.length ?? 0;
  if (mean.toFixed(digits) === Number(value).toFixed(digits)) return 'yes';
  const away = Math.abs(mean - Number(value)) - 0.5 * 10 ** -digits;
  return standardError !== null && away <= 2 * standardError ? 'within errors' : 'no';
}
