import { assertInteger, assertNumber, invalid } from '@footlight/core';
import { areEqual, type Distribution, isSingle } from '../distributions.js';
import { selectBest, toLosses } from '../samplers/split-trials.js';
import type { StudyView, TrialRecord } from '../types.js';
import { computeGridDensity } from './grid-density.js';

export interface ImportanceOptions {
  /** Share of the trials that count as good, above 0 and below `region`. Default 0.1. */
  readonly target?: number | undefined;
  /** Share of the best trials among which the good ones are compared, at most 1. Default 1. */
  readonly region?: number | undefined;
  /** Number of the objective value, from 0, in a study with several directions. Default: the Pareto fronts. */
  readonly objective?: number | undefined;
  /**
   * Whether pruned trials count as well, with their last reports as values. Default false: a report of an early step is
   * often worse than a value.
   */
  readonly pruned?: boolean | undefined;
}

/** Share of each parameter, by name, descending; the shares add up to 1. */
export type Importance = Readonly<Record<string, number>>;

/**
 * PED-ANOVA: how much each parameter by itself tells the good trials from the others.
 *
 * $$ v_d = \sum_r \frac{\alpha_r^2}{\beta_r} \int \left(\frac{p_d(x \mid \text{good}, r)}{p_d(x \mid r)} - 1\right)^2
 * p_d(x \mid r) \, dx $$
 *
 * r runs over the distributions that the parameter had, as in a conditional space; α and β are their shares of the good
 * trials and of all. Densities are kernel estimates on a grid of at most 50 places. If nothing distinguishes the good
 * trials, all parameters have equal shares.
 *
 * @example
 * computeImportance(study) // { rate: 0.8, dim: 0.2 }
 * @throws {RecsysError} `invalid-argument` if an option is out of its range
 * @source Watanabe et al., IJCAI 2023, https://arxiv.org/abs/2304.10255; https://arxiv.org/abs/2601.20800; as Optuna 5
 */
export function computeImportance(study: StudyView, options: ImportanceOptions = {}): Importance {
  const { target = 0.1, region = 1, objective, pruned = false } = options;
  assertNumber('computeImportance(region)', region, { above: 0, to: 1 });
  assertNumber('computeImportance(target)', target, { above: 0, below: region });
  if (objective !== undefined)
    assertInteger('computeImportance(objective)', objective, { minimum: 0, maximum: study.directions.length - 1 });

  const complete = study.trials.filter(
    ({ state, values }) =>
      (state === 'complete' || (pruned && state === 'pruned')) && (values?.every(Number.isFinite) ?? false),
  );
  const names = [...new Set(complete.flatMap(({ params }) => Object.keys(params)))];
  if (names.length === 0)
    invalid('computeImportance(study)', 'a complete trial with parameters', 'none', 'Run the study first.');
  const choose = (share: number): readonly TrialRecord[] =>
    share === 1 ? complete : selectShare(study, complete, share, objective);
  const [good, all] = [choose(target), choose(region)];
  const isGood = new Set(good.map(({ number }) => number));
  const raw = names.map((name): [string, number] => [name, compareDensities(name, good.length, all, isGood)]);
  const total = raw.reduce((sum, [, value]) => sum + value, 0);
  raw.sort(([, one], [, other]) => other - one);
  return Object.fromEntries(raw.map(([name, value]) => [name, total === 0 ? 1 / names.length : value / total]));
}

function selectShare(
  study: StudyView,
  complete: readonly TrialRecord[],
  share: number,
  objective: number | undefined,
): readonly TrialRecord[] {
  const size = Math.ceil(share * complete.length);
  if (study.directions.length > 1 && objective === undefined) return selectBest(study, complete, size);
  const losses = complete.map(({ values }) => toLosses(study, values!)[objective ?? 0]!);
  const limit = [...losses].sort((one, other) => one - other)[size - 1]!;
  return complete.filter((_, at) => losses[at]! <= limit); // equal ones too
}

/** Sums over the distributions that the parameter had; those of one trial only are left out. */
function compareDensities(
  name: string,
  goodCount: number,
  all: readonly TrialRecord[],
  isGood: ReadonlySet<number>,
): number {
  let sum = 0;
  for (const { distribution, trials } of groupByDistribution(name, all)) {
    const good = trials.filter(({ number }) => isGood.has(number));
    if (trials.length < 2 || good.length === 0 || isSingle(distribution)) continue;
    const share = (good.length / goodCount) ** 2 / (trials.length / all.length);
    const values = (list: readonly TrialRecord[]): number[] => list.map(({ internal }) => internal[name]!);
    const [top, local] = [values(good), values(trials)].map((each) => computeGridDensity(distribution, each)) as [
      Float64Array,
      Float64Array,
    ];
    sum += share * local.reduce((total, density, at) => total + density * (top[at]! / density - 1) ** 2, 0);
  }
  return sum;
}

function groupByDistribution(
  name: string,
  trials: readonly TrialRecord[],
): readonly { readonly distribution: Distribution; readonly trials: TrialRecord[] }[] {
  const groups: { distribution: Distribution; trials: TrialRecord[] }[] = [];
  for (const trial of trials) {
    if (!Object.hasOwn(trial.distributions, name)) continue;
    const distribution = trial.distributions[name]!;
    const group = groups.find(
      (each) => each.distribution === distribution || areEqual(each.distribution, distribution),
    );
    if (group) group.trials.push(trial);
    else groups.push({ distribution, trials: [trial] });
  }
  return groups;
}
