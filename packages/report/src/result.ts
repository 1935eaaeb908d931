import { omitUndefined } from '@footlight/core';
import type { EpochReport, Outcome, Protocol, Report } from '@footlight/trainer';

/** Result of one experiment over all of its seeds: the object that `footlight run --json` prints. */
export interface ExperimentResult {
  /** Name of the experiment. */
  readonly experiment: string;
  readonly protocol: Protocol;
  readonly metrics: Readonly<Record<string, MetricResult>>;
  /** Published values by metric. */
  readonly published: Readonly<Record<string, number>>;
  /** One run per seed. */
  readonly seeds: readonly number[];
  readonly backend: string;
  /** Means over runs. */
  readonly seconds: Report['seconds'];
}

/** A metric over seeds. */
export interface MetricResult {
  /** Mean over seeds. */
  readonly mean: number;
  /** Standard error of the mean: over seeds, or over users with one seed; null where it is undefined. */
  readonly standardError: number | null;
  /** One value per seed. */
  readonly values: readonly number[];
}

/** Learning curves: values by epoch. */
export interface Curves {
  /** Mean training loss per query. */
  readonly losses: readonly number[];
  /** Validation metrics by name; null for epochs without validation. */
  readonly validation?: Readonly<Record<string, readonly (number | null)[]>>;
  /** Losses of the validation part, with the penalty at the weights below; null for epochs without validation. */
  readonly validationLosses?: readonly (number | null)[];
  /** Weights of the model's penalty (β of a variational autoencoder), if it has one. */
  readonly penaltyWeights?: readonly number[];
  /** Epoch whose weights were used, with early stopping. */
  readonly bestEpoch?: number;
  /** Loss of the test part at the evaluated epoch, for models that read baskets. */
  readonly testLoss?: number;
  /** First stage of a two-staged experiment; the penalty weight of its best epoch is the final one of the second. */
  readonly search?: Omit<Curves, 'search' | 'testLoss'>;
}

/** Result of the run with one seed. */
export interface SeedResult extends Omit<Report, 'epochs' | 'search'>, Curves {}

/** A result as it is stored: with everything that is needed to reproduce it. */
export interface StoredResult extends ExperimentResult {
  /** Remark of the experiment for readers of the report. */
  readonly note?: string;
  /** Command that reproduces the result. */
  readonly command: string;
  /** ISO 8601. */
  readonly date: string;
  /** Dataset, split, model and loss. */
  readonly name: string;
  readonly training?: Report['training'];
  readonly sizes: Report['sizes'];
  readonly environment: Report['environment'];
  readonly runs: readonly ({ readonly seed: number } & Curves)[];
}

/** Converts the outcome of a run to what is stored of it. */
export function toSeedResult(outcome: Outcome): SeedResult {
  const { name, protocol, metrics, published, training, sizes, seed, backend, environment, seconds } = outcome;
  const optional = training ? { training } : {};
  return {
    name,
    protocol,
    metrics,
    published,
    ...toCurves(outcome),
    sizes,
    seed,
    backend,
    environment,
    seconds,
    ...optional,
  };
}

function toCurves({
  epochs,
  bestEpoch,
  testLoss,
  search,
}: Pick<Report, 'epochs' | 'bestEpoch' | 'testLoss' | 'search'>): Curves {
  const measured = epochs.find(({ validation }) => validation)?.validation;
  const getValues = (metric: string) => epochs.map(({ validation }) => replaceNaN(validation?.[metric] ?? null));
  return {
    losses: epochs.map(({ loss }: EpochReport) => loss),
    ...(measured
      ? { validation: Object.fromEntries(Object.keys(measured).map((metric) => [metric, getValues(metric)])) }
      : {}),
    ...(epochs.some(({ validationLoss }) => validationLoss !== undefined)
      ? { validationLosses: epochs.map(({ validationLoss }) => validationLoss ?? null) }
      : {}),
    ...(epochs.some(({ penaltyWeight }) => penaltyWeight !== undefined)
      ? { penaltyWeights: epochs.map(({ penaltyWeight = 0 }) => penaltyWeight) }
      : {}),
    ...omitUndefined({ bestEpoch, testLoss, search: search && toCurves(search) }),
  };
}

/** Selects what a stored result contains of each run: its seed and learning curves. */
export function toStoredRun({
  seed,
  losses,
  validation,
  validationLosses,
  penaltyWeights,
  bestEpoch,
  testLoss,
  search,
}: SeedResult): StoredResult['runs'][number] {
  return {
    seed,
    losses,
    ...omitUndefined({ validation, validationLosses, penaltyWeights, bestEpoch, testLoss, search }),
  };
}

/** Combines the runs of one experiment: means with standard errors over seeds. */
export function combineSeeds(experiment: string, runs: readonly [SeedResult, ...SeedResult[]]): ExperimentResult {
  const [{ protocol, published, backend, metrics }] = runs;
  return {
    experiment,
    protocol,
    metrics: Object.fromEntries(
      Object.keys(metrics).map((metric) => [metric, summarizeSeeds(runs.map((run) => run.metrics[metric]!))]),
    ),
    published,
    seeds: runs.map(({ seed }) => seed),
    backend,
    seconds: {
      load: averageSeconds(runs, 'load'),
      train: averageSeconds(runs, 'train'),
      evaluate: averageSeconds(runs, 'evaluate'),
    },
  };
}

/**
 * $$ \bar x = \frac{1}{n} \sum x_i, \quad \mathrm{se} = \sqrt{\frac{\sum (x_i - \bar x)^2}{n (n - 1)}} $$
 */
function summarizeSeeds(summaries: readonly { readonly mean: number; readonly standardError: number }[]): MetricResult {
  const values = summaries.map((summary) => summary.mean);
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, standardError: replaceNaN(summaries[0]!.standardError), values };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (count * (count - 1))), values };
}

/** JSON has no NaN and writes null for it; null from the start keeps written and read values equal. */
function replaceNaN(value: number | null): number | null {
  return value === null || Number.isNaN(value) ? null : value;
}

function averageSeconds(runs: readonly SeedResult[], part: keyof Report['seconds']): number {
  return runs.reduce((sum, { seconds }) => sum + seconds[part], 0) / runs.length;
}
