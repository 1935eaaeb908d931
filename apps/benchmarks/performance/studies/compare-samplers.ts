import { createRng } from '@footlight/core';
import {
  cmaEsSampler,
  type ParameterValue,
  quasiRandomSampler,
  randomSampler,
  type Sampler,
  type TrialRecord,
  tpeSampler,
} from '@footlight/studies';
import { numpySampler } from './numpy-sampler.js';
import { testFunctions } from './objectives.js';
import { runSearch } from './run-search.js';
import { type RegretSummary, summarizeRegrets } from './summarize-regrets.js';

/** A search of Optuna, as reference/studies.py prints it. */
interface OptunaSearch {
  readonly objective: string;
  readonly workers: number;
  readonly seed: number;
  readonly best: number;
  readonly params: readonly Readonly<Record<string, ParameterValue>>[];
}

/** Regrets of the searches on one function with some trials at once. */
export interface SamplerComparison {
  readonly objective: string;
  readonly workers: number;
  /** Median regrets by sampler; `optuna` is Optuna's TPE. */
  readonly regrets: Readonly<Record<string, RegretSummary>>;
  /** Bootstrap standard error of the difference of the medians of TPE, ours and Optuna's. */
  readonly differenceError: number;
  /** Searches with Optuna's random numbers in which all trials are equal to Optuna's, and the number of searches. */
  readonly equalSearches: number;
  readonly searches: number;
}

const samplers: Readonly<Record<string, (seed: number) => Sampler>> = {
  tpe: () => tpeSampler(),
  random: () => randomSampler(),
  'optuna-4': () => tpeSampler({ rules: 'optuna-4' }),
  hyperopt: () => tpeSampler({ rules: 'hyperopt' }),
  'cma-es': () => cmaEsSampler(),
  'quasi-random': (seed) => quasiRandomSampler({ seed }),
};

/** Reads the searches that reference/studies.py has printed. */
export function parseOptunaSearches(text: string): readonly OptunaSearch[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as OptunaSearch);
}

/**
 * Compares samplers on all functions, alone and with eight trials at once.
 *
 * @param optuna the searches of Optuna's TPE
 * @param onProgress receives the name of each function before its searches
 */
export async function compareSamplers(
  optuna: readonly OptunaSearch[],
  seeds: number,
  onProgress: (text: string) => void,
): Promise<SamplerComparison[]> {
  const comparisons: SamplerComparison[] = [];
  for (const [objective, { compute, minimum }] of Object.entries(testFunctions))
    for (const workers of [1, 8]) {
      onProgress(`${objective}, ${workers} at once`);
      const theirs = optuna.filter(
        (search) => search.objective === objective && search.workers === workers && search.seed < seeds,
      );
      const regrets: Record<string, number[]> = { optuna: theirs.map(({ best }) => best - minimum) };
      for (const [name, createSampler] of Object.entries(samplers)) {
        regrets[name] = [];
        for (let seed = 0; seed < seeds; seed++) {
          const { best } = await runSearch(createSampler(seed), compute, { workers, seed });
          regrets[name].push(best.values![0]! - minimum);
        }
      }
      let equalSearches = 0;
      for (const { seed, params } of theirs) {
        const { trials } = await runSearch(numpySampler(seed), compute, { workers });
        if (trials.every((trial, number) => hasParams(trial, params[number]!))) equalSearches++;
      }
      const summaries = Object.entries(regrets).map(([name, values]): [string, RegretSummary] => [
        name,
        summarizeRegrets(values, createRng(objective))!,
      ]);
      const byName = Object.fromEntries(summaries);
      const differenceError = Math.hypot(byName.tpe!.standardError, byName.optuna!.standardError);
      const counts = { equalSearches, searches: theirs.length };
      comparisons.push({ objective, workers, regrets: byName, differenceError, ...counts });
    }
  return comparisons;
}

/** Whether the parameters are equal but for rounding. */
function hasParams({ params }: TrialRecord, expected: Readonly<Record<string, ParameterValue>>): boolean {
  const names = Object.keys(expected);
  if (names.length !== Object.keys(params).length) return false;
  return names.every((name) => {
    const [own, other] = [params[name], expected[name]];
    if (typeof own !== 'number' || typeof other !== 'number') return own === other;
    return Math.abs(own - other) <= 1e-6 * Math.max(1e-3, Math.abs(other));
  });
}
