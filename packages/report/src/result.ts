import type { EpochReport, Outcome, Protocol, Report } from '@footlight/trainer';

/** What one row reached: the object that `--json` prints. */
export interface ExperimentResult {
  readonly experiment: string;
  readonly protocol: Protocol;
  readonly metrics: Readonly<Record<string, MetricResult>>;
  readonly published: Readonly<Record<string, number>>;
  /** One run each. */
  readonly seeds: readonly number[];
  readonly backend: string;
  /** Mean over runs. */
  readonly seconds: Report['seconds'];
}

export interface MetricResult {
  /** Over seeds. */
  readonly mean: number;
  /** Of the mean: over seeds, or with one seed over its users; null where there is none. */
  readonly standardError: number | null;
  /** One per seed. */
  readonly values: readonly number[];
}

/** How a training went, epoch by epoch. */
export interface Curves {
  readonly losses: readonly number[];
  /** By metric, on the validation part, if it was measured; null for epochs after which it was not. */
  readonly validation?: Readonly<Record<string, readonly (number | null)[]>>;
  /** What a penalty of the model (β of a variational autoencoder) was weighted with, if there is one. */
  readonly penaltyWeights?: readonly number[];
  readonly bestEpoch?: number;
}

/** What is kept of the run with one seed. */
export interface SeedResult extends Omit<Report, 'epochs'>, Curves {}

/** A result together with what is needed to run it again. */
export interface StoredResult extends ExperimentResult {
  readonly note?: string;
  readonly command: string;
  readonly date: string;
  readonly name: string;
  readonly training?: Report['training'];
  readonly sizes: Report['sizes'];
  readonly environment: Report['environment'];
  readonly runs: readonly ({ readonly seed: number } & Curves)[];
}

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

function toCurves({ epochs, bestEpoch }: Pick<Report, 'epochs' | 'bestEpoch'>): Curves {
  const measured = epochs.find(({ validation }) => validation)?.validation;
  const valuesOf = (metric: string) => epochs.map(({ validation }) => replaceNaN(validation?.[metric] ?? null));
  return {
    losses: epochs.map(({ loss }: EpochReport) => loss),
    ...(measured
      ? { validation: Object.fromEntries(Object.keys(measured).map((metric) => [metric, valuesOf(metric)])) }
      : {}),
    ...(epochs.some(({ penaltyWeight }) => penaltyWeight !== undefined)
      ? { penaltyWeights: epochs.map(({ penaltyWeight = 0 }) => penaltyWeight) }
      : {}),
    ...(bestEpoch === undefined ? {} : { bestEpoch }),
  };
}

/** The part of a run that is kept beside the means. */
export function toStoredRun({
  seed,
  losses,
  validation,
  penaltyWeights,
  bestEpoch,
}: SeedResult): StoredResult['runs'][number] {
  return {
    seed,
    losses,
    ...(validation ? { validation } : {}),
    ...(penaltyWeights ? { penaltyWeights } : {}),
    ...(bestEpoch === undefined ? {} : { bestEpoch }),
  };
}

/** Puts the runs of one row together. */
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

/** JSON writes NaN as null and reads null back: so that both sides agree, it is null from the start. */
function replaceNaN(value: number | null): number | null {
  return value === null || Number.isNaN(value) ? null : value;
}

function averageSeconds(runs: readonly SeedResult[], part: keyof Report['seconds']): number {
  return runs.reduce((sum, { seconds }) => sum + seconds[part], 0) / runs.length;
}
