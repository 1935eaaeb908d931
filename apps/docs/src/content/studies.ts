import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StudySnapshot } from '@footlight/studies';
import { repositoryUrl } from '../api/packages.js';
import { root } from '../paths.js';
import { markdownTable } from './markdown-table.js';

/** A trial, as far as pages show it. */
interface StoredTrial {
  readonly number: number;
  readonly state: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly values?: readonly number[];
  readonly started?: Date;
  readonly completed?: Date;
  /** Has the name `of` of what an enqueued trial has its options of, e.g. `experiment`. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A study of the benchmarks, and how many trials its search has in all. */
export interface StoredStudy {
  readonly trials: readonly StoredTrial[];
  /** The best complete trial. */
  readonly best: StoredTrial;
  readonly wanted: number;
  /** All of the study, for figures. */
  readonly snapshot?: StudySnapshot;
}

/** The stored studies of the benchmarks by name. */
export type StoredStudies = ReadonlyMap<string, StoredStudy>;

/** Reads `apps/benchmarks/results/studies`, and the searches of the same names. */
export async function readStoredStudies(): Promise<StoredStudies> {
  const benchmarks = join(root, 'apps/benchmarks');
  const load = async <Module>(file: string): Promise<Module> =>
    (await import(pathToFileURL(join(benchmarks, `${file}.ts`)).href)) as Module;
  const stored = await load<{ readStoredStudies: () => Promise<ReadonlyMap<string, StudySnapshot>> }>('stored-studies');
  const found = new Map<string, StoredStudy>();
  for (const [name, snapshot] of await stored.readStoredStudies()) {
    const { default: search } = await load<{ default: { readonly trials: number } }>(`searches/${name}`);
    const { trials, best } = snapshot;
    if (best)
      found.set(name, {
        trials: trials as readonly StoredTrial[],
        best: best as StoredTrial,
        wanted: search.trials,
        snapshot,
      });
  }
  return found;
}

/**
 * A row per study: how many trials there were, the best value of the validation part, the options of that trial, and
 * how long the other trials would take. The value of options that were set by hand stands beside the best one, if
 * they were a trial as well.
 *
 * @throws {Error} for a name without a stored study
 */
export function studyTable(studies: StoredStudies, names: readonly string[]): string {
  const found = names.map((name) => findStudy(studies, name));
  const parameters = [...new Set(found.flatMap(({ best }) => Object.keys(best.params)))];
  const own = found.map(({ trials }) => trials.find(({ attributes }) => attributes.of === 'experiment'));
  const hasOwn = own.some((trial) => trial !== undefined);
  const rows = found.map(({ name, trials, best, wanted }, at) => [
    searchLink(name),
    countTrials(trials, wanted),
    ...(hasOwn ? [own[at]?.values?.[0]?.toFixed(4) ?? '–'] : []),
    best.values![0]!.toFixed(4),
    ...parameters.map((parameter) => formatValue(best.params[parameter])),
    formatDuration(estimateRest(trials, wanted)),
  ]);
  const titles = ['search', 'trials', ...(hasOwn ? ['options set by hand'] : []), 'best validation'];
  return markdownTable([...titles, ...parameters, 'time of the rest'], rows);
}

/**
 * The value of the validation part at every point of grids over one and the same parameter, a row per study; the best
 * one is bold.
 *
 * @throws {Error} for a name without a stored study, or a study with several parameters
 */
export function gridTable(studies: StoredStudies, names: readonly string[]): string {
  const found = names.map((name) => findStudy(studies, name));
  const [parameter = '', ...others] = new Set(found.flatMap(({ best }) => Object.keys(best.params)));
  if (others.length > 0) throw new Error(`docs: expected grids of one parameter, received ${[parameter, ...others]}.`);
  const complete = found.map(({ trials }) => trials.filter(({ state }) => state === 'complete'));
  const points = [...new Set(complete.flat().map(({ params }) => Number(params[parameter])))].sort((a, b) => a - b);
  const rows = found.map(({ name, best }, at) => [
    searchLink(name),
    ...points.map((point) => {
      const trial = complete[at]!.find(({ params }) => params[parameter] === point);
      const value = trial?.values?.[0]?.toFixed(4) ?? '–';
      return point === best.params[parameter] ? `**${value}**` : value;
    }),
  ]);
  return markdownTable(['search', ...points.map((point) => `${parameter} ${point}`)], rows);
}

function findStudy(studies: StoredStudies, name: string): StoredStudy & { readonly name: string } {
  const study = studies.get(name);
  if (!study) throw new Error(`docs: expected a stored study, received ${name}.`);
  return { ...study, name };
}

const searchLink = (name: string): string =>
  `[\`${name}\`](${repositoryUrl}/blob/main/apps/benchmarks/searches/${name}.ts)`;

const isFinished = ({ state }: StoredTrial): boolean => state === 'complete' || state === 'pruned';

function countTrials(trials: readonly StoredTrial[], wanted: number): string {
  const count = (state: string): number => trials.filter((trial) => trial.state === state).length;
  const finished = count('complete') + count('pruned');
  return `${finished} of ${wanted} (${count('pruned')} pruned)`;
}

/** Seconds that the trials which are missing take at the mean of those that have finished. */
function estimateRest(trials: readonly StoredTrial[], wanted: number): number {
  const finished = trials.filter(isFinished);
  const milliseconds = finished.reduce((sum, { started, completed }) => sum + (Number(completed) - Number(started)), 0);
  return (Math.max(0, wanted - finished.length) * milliseconds) / Math.max(1, finished.length) / 1000;
}

function formatDuration(seconds: number): string {
  if (seconds === 0) return '–';
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function formatValue(value: unknown): string {
  if (value === undefined) return '–';
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return Math.abs(value) < 1e-3 ? value.toExponential(2).replace('-', '−') : String(Number(value.toPrecision(3)));
}
