import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatWithError, type MetricResult, type PublishedCell, type StoredResult } from '@footlight/report';
import { root } from '../paths.js';
import type { PublishedValues } from './experiments.js';
import { markdownTable } from './markdown-table.js';
import { experimentLinks } from './result-tables.js';
import { getName } from './results.js';

/** With the number of parameters, where it is that. */
type Cell = PublishedCell & { readonly counted?: number };

/** The numbers that each write-up prints, by the folder of its experiments. */
export type PublishedCells = Readonly<Record<string, readonly Cell[]>>;

/** Reads `apps/benchmarks/published-cells.ts`, and counts the parameters of the models whose cells print them. */
export async function readPublishedCells(): Promise<PublishedCells> {
  const { publishedCells } = await load<{ publishedCells: PublishedCells }>('published-cells');
  const { countParameters } = await load<CountModule>('count-parameters');
  const count = async (cell: Cell): Promise<Cell> => {
    if (!cell.parameters) return cell;
    const { default: experiment } = await load<{ default: unknown }>(`experiments/${cell.experiment}`);
    return { ...cell, counted: countParameters(experiment, cell.parameters) };
  };
  const lists = Object.entries(publishedCells).map(async ([name, cells]) => [
    name,
    await Promise.all(cells.map(count)),
  ]);
  return Object.fromEntries(await Promise.all(lists));
}

/** `apps/benchmarks/count-parameters.ts` */
interface CountModule {
  readonly countParameters: (experiment: unknown, sizes: NonNullable<PublishedCell['parameters']>) => number;
}

async function load<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(join(root, `apps/benchmarks/${file}.ts`)).href)) as Module;
}

/**
 * Every printed number beside ours: whether they agree, or what a measurement needs.
 *
 * @throws {Error} for a cell of an experiment that has no published value for it
 */
export function cellTable(
  cells: readonly Cell[],
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
    const note = ours !== 'not run' || (experiment !== undefined && !needs) ? source : `${source}; needs ${needs}`;
    return [cell.cell, value, ours.replaceAll(' ', '\u00a0'), agrees, note];
  });
  return markdownTable(['number', 'published', 'ours', 'agree', 'experiment'], rows);
}

function findPublished({ cell, experiment, metric, part }: Cell, published: PublishedValues): string {
  const values = experiment === undefined ? undefined : published.get(experiment);
  const value = (part === 'validation' ? values?.validation : values?.test)?.[metric ?? ''];
  if (value === undefined) throw new Error(`docs: expected a published value of ${experiment} for ${cell}.`);
  return String(value);
}

/** Our number, and whether it agrees with the printed one. */
function describeOurs(
  { metric = '', part, size, loss, counted, bound }: Cell,
  value: string,
  result: StoredResult | undefined,
): [ours: string, agrees: string] {
  const count = counted ?? (size && result?.sizes[size]);
  if (count !== undefined) {
    const ours = count.toLocaleString('en-US');
    return [ours, ours === value ? 'yes' : 'no'];
  }
  const values = part === 'validation' ? result?.validation : result?.metrics;
  const ours = loss && result ? averageLosses(result, loss) : values?.[metric];
  if (!ours) return ['not run', '–'];
  if (bound === 'at least') return [formatWithError(ours), ours.mean >= Number(value) ? 'yes' : 'no'];
  return [formatWithError(ours), compare(ours, value)];
}

/** The training loss of the first or last epoch over seeds. */
function averageLosses({ runs }: StoredResult, which: 'first' | 'last'): MetricResult {
  const values = runs.map(({ losses }) => losses.at(which === 'first' ? 0 : -1)!);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = values.length > 1 ? Math.sqrt(squares / (values.length - 1) / values.length) : null;
  return { mean, standardError, values };
}

/**
 * Counts the printed numbers that agree with ours, in words, e.g. `printed numbers that agree: 5 of 8, 1 of them within
 * errors (not: 1, not measured: 2)`.
 */
export function countAgreement(
  cells: readonly Cell[],
  published: PublishedValues,
  results: readonly StoredResult[],
): string {
  const stored = new Map(results.map((result) => [getName(result), result]));
  const all = cells.map((cell) => {
    const value = cell.value ?? findPublished(cell, published);
    return describeOurs(cell, value, cell.experiment === undefined ? undefined : stored.get(cell.experiment))[1];
  });
  const count = (word: string) => all.filter((each) => each === word).length;
  const [yes, near, no, open] = [count('yes'), count('within errors'), count('no'), count('–')];
  const within = near > 0 ? `, ${near} of them within errors` : '';
  return `printed numbers that agree: ${yes + near} of ${all.length}${within} (not: ${no}, not measured: ${open})`;
}

/** Equal when rounded to the printed digits, within two standard errors of what may have been rounded to it, or not. */
export function compare({ mean, standardError }: MetricResult, value: string): string {
  const digits = value.split('.')[1]?.length ?? 0;
  if (mean.toFixed(digits) === Number(value).toFixed(digits)) return 'yes';
  const away = Math.abs(mean - Number(value)) - 0.5 * 10 ** -digits;
  return standardError !== null && away <= 2 * standardError ? 'within errors' : 'no';
}
