import { markdownTable } from 'markdown-table';
import { formatMachine, type Machine } from '../measure/machine.js';
import type { SamplerComparison } from './compare-samplers.js';
import type { SpeedResult } from './measure-speed.js';
import type { WorkersResult } from './measure-workers.js';
import type { WorkResult } from './measure-works.js';

/** A part of the page, with the run that measured it. */
interface Dated<Results> {
  readonly date: string;
  readonly optunaVersion: string;
  readonly machine: Machine;
  readonly command: string;
  readonly results: Results;
}

/** What `npm run bench:studies` stores. */
export interface StudiesReport {
  readonly samplers: Dated<readonly SamplerComparison[]> & { readonly seeds: number };
  readonly speed: Dated<{ readonly calls: readonly SpeedResult[]; readonly works: readonly WorkResult[] }>;
  readonly workers?: Omit<Dated<WorkersResult>, 'optunaVersion'>;
}

/** Formats the page of stored results. */
export function formatStudiesPage({ samplers, speed, workers }: StudiesReport): string {
  const sections = [...formatSamplers(samplers), ...formatSpeed(speed), ...(workers ? formatWorkers(workers) : [])];
  return `${['# Studies: samplers and speed', ...sections].join('\n\n')}\n`;
}

function formatSamplers(samplers: StudiesReport['samplers']): string[] {
  const { seeds, results, optunaVersion } = samplers;
  const isWithin = ({ regrets, differenceError }: SamplerComparison): boolean =>
    regrets.tpe!.median <= regrets.optuna!.median + differenceError;
  const isAhead = ({ regrets }: SamplerComparison): boolean => regrets.tpe!.median < regrets.random!.median;
  const equal = results.reduce((sum, each) => sum + each.equalSearches, 0);
  const searches = results.reduce((sum, each) => sum + each.searches, 0);
  return [
    '## Regret of 100 trials',
    [
      'Median regret, the distance of the best value of 100 trials from the known minimum,',
      `over ${seeds} seeds, with its standard error; trials one after the other, and eight at once.`,
      `*Not worse* means: not worse than the TPE of Optuna ${optunaVersion}`,
      'by more than the standard error of the difference of both medians.',
      '*Equal searches* have the random numbers of Optuna:',
      "all 100 trials have Optuna's parameters, but for rounding.",
    ].join(' '),
    markdownTable([
      ['function', 'at once', 'TPE', "Optuna's TPE", 'not worse', 'equal searches', 'random', 'ahead of random'],
      ...results.map((each) => [
        each.objective,
        String(each.workers),
        each.regrets.tpe!.text,
        each.regrets.optuna!.text,
        isWithin(each) ? 'yes' : 'no',
        `${each.equalSearches} of ${each.searches}`,
        each.regrets.random!.text,
        isAhead(each) ? 'yes' : 'no',
      ]),
    ]),
    [
      `${equal} of ${searches} searches with Optuna's random numbers are equal to Optuna's.`,
      'The others have equal integers in several trials, whose order is not defined in Optuna (`numpy.argsort`),',
      'and candidates that are equally good, between which rounding decides.',
      'Where NumPy keeps the order, as in the test of these searches, the trials are equal.',
      'So both follow one law, and differences of the medians are chance:',
      'each of 14 comparisons of equal samplers misses the standard error with a probability of 16 %.',
    ].join(' '),
    'Other samplers on the same functions; the two rows of quasi-random search use one sequence:',
    markdownTable([
      ['function', 'at once', 'TPE as Optuna 4', "TPE as HyperOpt's", 'CMA-ES', 'quasi-random'],
      ...results.map(({ objective, workers, regrets }) => [
        objective,
        String(workers),
        ...['optuna-4', 'hyperopt', 'cma-es', 'quasi-random'].map((name) => regrets[name]!.text),
      ]),
    ]),
    formatRun(samplers),
  ];
}

function formatSpeed({ results, ...run }: StudiesReport['speed']): string[] {
  return [
    '## Speed',
    [
      'Milliseconds of processor time of asking for a trial, naming ten parameters and telling the value,',
      `with TPE beside Optuna ${run.optunaVersion} in turns, both in memory: the median, and in brackets the smallest.`,
      'Half of the finished trials are random and half near one place.',
    ].join(' '),
    markdownTable([
      ['finished trials', 'Footlight', 'Optuna', 'at most'],
      ...results.calls.map(({ finished, ours, optuna, limit }) => [
        finished.toLocaleString('en-US'),
        formatDuration(ours),
        optuna ? formatDuration(optuna) : '–',
        String(limit),
      ]),
    ]),
    markdownTable([
      ['work', 'time'],
      ...results.works.map(({ name, milliseconds }) => [name, `${milliseconds.toPrecision(3)} ms`]),
    ]),
    formatRun(run),
  ];
}

function formatWorkers({ results, ...run }: NonNullable<StudiesReport['workers']>): string[] {
  const { seconds, trials, one, two, limit } = results;
  return [
    '## Workers',
    [
      `Trials per second of workers in processes of their own on one file; a trial is ${seconds} s of arithmetic,`,
      `and each worker has ${trials} of them: the median of rounds in turns,`,
      'from the beginning of the first trial to the end of the last one.',
    ].join(' '),
    markdownTable([
      ['one worker', 'two workers', 'ratio', 'at least'],
      [one.toFixed(3), two.toFixed(3), (two / one).toFixed(2), String(limit)],
    ]),
    formatRun(run),
  ];
}

function formatDuration({ median, smallest }: { readonly median: number; readonly smallest: number }): string {
  return `${median.toPrecision(3)} (${smallest.toPrecision(3)})`;
}

function formatRun({ date, command, machine }: Omit<Dated<unknown>, 'results' | 'optunaVersion'>): string {
  return `Measured ${date.slice(0, 10)} with \`${command}\`: ${formatMachine(machine)}.`;
}
