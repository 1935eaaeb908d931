import { formatMean, formatStandardError } from './format-mean.js';
import { chooseErrorKinds, type ErrorKind, getError, nameError } from './metric-errors.js';
import { computeInterval } from './page/compute-interval.js';
import type { Curves, ExperimentResult, MetricResult } from './result.js';

/** A column of a table of results. */
export interface ResultColumn {
  readonly title: string;
  /** Whether a narrow terminal can do without it. */
  readonly optional: boolean;
  /** The cell of an experiment; a dash where it has nothing. */
  format(result: ExperimentResult): string;
  /** The 95 % confidence interval that belongs to the cell; `undefined` where there is none. */
  getInterval?(result: ExperimentResult): readonly [low: number, high: number] | undefined;
}

/**
 * Creates the columns of a table of results: for each metric the published values, if there are any, and ours; those of
 * the validation part first, if an experiment has them; then the loss of the test part and the best epoch.
 *
 * A column has errors of one kind, which its title names. Where some results have errors over seeds and others over
 * users only, each kind has a column beside that of the means.
 *
 * @param metrics names, in order. Default: all of the first result
 */
export function createResultColumns(
  results: readonly ExperimentResult[],
  metrics: readonly string[] = Object.keys(results[0]?.metrics ?? {}),
): ResultColumn[] {
  const columns = [
    ...metrics.flatMap((metric) => [
      ...createMetricColumns(results, metric, 'validation'),
      ...createMetricColumns(results, metric, 'test'),
    ]),
    ...createRunColumns('loss', ({ testLoss }) => testLoss, 3),
    ...createRunColumns('best epoch', ({ bestEpoch }) => bestEpoch, 0),
  ];
  return columns.filter(({ format }) => results.some((result) => format(result) !== noValue));
}

const noValue = '–';

function createMetricColumns(
  results: readonly ExperimentResult[],
  metric: string,
  part: 'validation' | 'test',
): ResultColumn[] {
  const isTest = part === 'test';
  const name = isTest ? metric : `${metric} (validation)`;
  const optional = !isTest;
  const getResult = ({ metrics, validation = {} }: ExperimentResult) => (isTest ? metrics : validation)[metric];
  const getPublished = ({ published, publishedValidation = {} }: ExperimentResult) =>
    (isTest ? published : publishedValidation)[metric];
  const kinds = chooseErrorKinds(results, getResult);
  const [kind] = kinds;
  return [
    { title: `${name} published`, optional, format: (result) => formatPublished(getPublished(result)) },
    kinds.length === 1
      ? createMeanColumn(`${name} ${nameError(kind!, metric)}`, optional, getResult, kind)
      : createMeanColumn(name, optional, getResult),
    ...(kinds.length > 1 && isTest ? kinds : []).map((each) =>
      createErrorColumn(`${nameError(each, metric)}, ${name}`, getResult, each),
    ),
  ];
}

type GetResult = (result: ExperimentResult) => MetricResult | undefined;

function createMeanColumn(title: string, optional: boolean, getResult: GetResult, kind?: ErrorKind): ResultColumn {
  return {
    title,
    optional,
    format(result) {
      const ours = getResult(result);
      if (!ours) return noValue;
      const error = kind && getError(ours, kind);
      return error === undefined ? formatMean(ours.mean) : `${formatMean(ours.mean)} ± ${formatStandardError(error)}`;
    },
    getInterval: (result) => getInterval(getResult(result), kind),
  };
}

function createErrorColumn(title: string, getResult: GetResult, kind: ErrorKind): ResultColumn {
  return {
    title,
    optional: true,
    format(result) {
      const ours = getResult(result);
      const error = ours && getError(ours, kind);
      return error === undefined ? noValue : formatStandardError(error);
    },
    getInterval: (result) => getInterval(getResult(result), kind),
  };
}

function getInterval(
  result: MetricResult | undefined,
  kind: ErrorKind | undefined,
): readonly [number, number] | undefined {
  return result && kind && computeInterval(result, kind);
}

const formatPublished = (value: number | undefined): string => (value === undefined ? noValue : String(value));

/** A number of each run: as published, and the mean over runs. */
function createRunColumns(name: string, getValue: (run: Curves) => number | undefined, digits: number): ResultColumn[] {
  return [
    { title: `${name} published`, optional: true, format: ({ published }) => formatPublished(published[name]) },
    {
      title: name,
      optional: true,
      format(result) {
        const mean = averageRuns(result, getValue);
        return mean === undefined ? noValue : formatMeanOfRuns(mean, digits);
      },
    },
  ];
}

/** Whole numbers, such as epochs, get a decimal only where their mean needs one. */
const formatMeanOfRuns = (mean: number, digits: number): string =>
  mean.toFixed(digits === 0 && !Number.isInteger(mean) ? 1 : digits);

/** The mean over the runs of a stored result; `undefined` if a run has no value. */
export function averageRuns(
  result: ExperimentResult & { readonly runs?: readonly Curves[] },
  getValue: (run: Curves) => number | undefined,
): number | undefined {
  const values = (result.runs ?? []).map(getValue);
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return (values as number[]).reduce((sum, value) => sum + value, 0) / values.length;
}
