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
  /** Metrics on the validation part; absent if the split has none, or in results of earlier versions. */
  readonly validation?: Readonly<Record<string, MetricResult>>;
  /** Published values on the validation part by metric. */
  readonly publishedValidation?: Readonly<Record<string, number>>;
  /** What was left out of the held-out parts in the first run, since no model can know it; absent if nothing was. */
  readonly leftOut?: NonNullable<Report['leftOut']>;
  /** One run per seed. */
  readonly seeds: readonly number[];
  readonly backend: string;
  /** The archives that the data were read from; absent if there are none, and in results of earlier versions. */
  readonly archives?: Report['archives'];
  /** Means over runs. */
  readonly seconds: Report['seconds'];
}

/** A metric over seeds. */
export interface MetricResult {
  /** Mean over seeds. */
  readonly mean: number;
  /** Standard error of the mean: over seeds, or over users with one seed; null where it is undefined. */
  readonly standardError: number | null;
  /** Standard error over users with several seeds: the mean of those of the runs; absent in earlier results. */
  readonly userError?: number | null;
  /** One value per seed. */
  readonly values: readonly number[];
}

/** Learning curves: values by epoch. */
export interface Curves {
  /** Mean training loss per query. */
  readonly losses: readonly number[];
  /** Validation metrics by name; null for epochs without validation. */
  readonly validation?: Readonly<Record<string, readonly (number | null)[]>>;
  /** Test metrics by name, for experiments that monitor them; nothing is chosen by them. */
  readonly test?: Readonly<Record<string, readonly (number | null)[]>>;
  /** Mean training losses of the training on the training and the validation part, if there was one. */
  readonly refitLosses?: readonly number[];
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
export interface SeedResult extends Omit<Report, 'epochs' | 'search' | 'validation' | 'refitEpochs'>, Curves {
  /** Metrics on the validation part at the end; `validation` has those by epoch. */
  readonly validationMetrics?: Report['validation'];
}

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
  const { name, protocol, metrics, published, publishedValidation, training, sizes, seed, backend } = outcome;
  const { archives, environment, seconds, leftOut, validation: validationMetrics } = outcome;
  return {
    name,
    protocol,
    metrics,
    published,
    ...omitUndefined({ publishedValidation, validationMetrics }),
    ...toCurves(outcome),
    sizes,
    ...omitUndefined({ leftOut }),
    seed,
    backend,
    environment,
    seconds,
    ...omitUndefined({ training, archives }),
  };
}

function toCurves({
  epochs,
  bestEpoch,
  testLoss,
  search,
  refitEpochs,
}: Pick<Report, 'epochs' | 'bestEpoch' | 'testLoss' | 'search' | 'refitEpochs'>): Curves {
  return {
    losses: epochs.map(({ loss }: EpochReport) => loss),
    ...omitUndefined({
      validation: toCurve(epochs, 'validation'),
      test: toCurve(epochs, 'test'),
      refitLosses: refitEpochs?.map(({ loss }) => loss),
    }),
    ...(epochs.some(({ validationLoss }) => validationLoss !== undefined)
      ? { validationLosses: epochs.map(({ validationLoss }) => validationLoss ?? null) }
      : {}),
    ...(epochs.some(({ penaltyWeight }) => penaltyWeight !== undefined)
      ? { penaltyWeights: epochs.map(({ penaltyWeight = 0 }) => penaltyWeight) }
      : {}),
    ...omitUndefined({ bestEpoch, testLoss, search: search && toCurves(search) }),
  };
}

/** Values by metric and epoch; null for epochs without evaluation. */
function toCurve(epochs: readonly EpochReport[], part: 'validation' | 'test'): Curves['validation'] | undefined {
  const metrics = epochs.find((epoch) => epoch[part])?.[part];
  const getValues = (metric: string) => epochs.map((epoch) => replaceNaN(epoch[part]?.[metric] ?? null));
  return metrics && Object.fromEntries(Object.keys(metrics).map((metric) => [metric, getValues(metric)]));
}

/** Selects what a stored result contains of each run: its seed and learning curves. */
export function toStoredRun({
  seed,
  losses,
  validation,
  test,
  refitLosses,
  validationLosses,
  penaltyWeights,
  bestEpoch,
  testLoss,
  search,
}: SeedResult): StoredResult['runs'][number] {
  return {
    seed,
    losses,
    ...omitUndefined({ validation, test, refitLosses, validationLosses, penaltyWeights, bestEpoch, testLoss, search }),
  };
}

/** JSON has no NaN and writes null for it; null from the start keeps written and read values equal. */
export function replaceNaN(value: number | null): number | null {
  return value === null || Number.isNaN(value) ? null : value;
}
