import { formatWithNamedError, type MetricResult, type StoredResult } from '@footlight/report';
import { isMetric } from './metric-names.js';
import { getName } from './results.js';

/** Forms in which a number of a result can stand in a sentence. */
const forms = {
  /** Mean ± standard error, and what that is over. */
  ours: (result: StoredResult, metric: string) => formatWithNamedError(metric, findMetric(result, metric)),
  mean: (result: StoredResult, metric: string) => findMetric(result, metric).mean.toFixed(4),
  /** Smallest and largest over seeds. */
  range: (result: StoredResult, metric: string) => {
    const { values } = findMetric(result, metric);
    return `${Math.min(...values).toFixed(4)} … ${Math.max(...values).toFixed(4)}`;
  },
  published: (result: StoredResult, metric: string) => {
    const [, value] = Object.entries(result.published).find(([name]) => isMetric(name, metric)) ?? [];
    if (value === undefined)
      throw new Error(`docs: expected a published ${metric} of ${getName(result)}, received none.`);
    return String(value);
  },
  seeds: (result: StoredResult) => String(result.seeds.length),
  /** Interactions of the training part, in the first run. */
  train: (result: StoredResult) => result.sizes.train.toLocaleString('en-US'),
} as const;

/** One number of a stored result, e.g. `ours talk/ials mrr`. */
export function resultValue(
  results: readonly StoredResult[],
  [form, name = '', metric = '']: readonly string[],
  experiments: readonly string[] = [],
): string {
  const result = results.find((each) => getName(each) === name);
  if (!result && experiments.includes(name)) return '(never run)';
  if (!result) throw new Error(`docs: expected a stored result, received ${name}.`);
  const write = forms[form as keyof typeof forms];
  if (!write) throw new Error(`docs: expected one of ${Object.keys(forms).join(', ')}, received ${form}.`);
  return write(result, metric);
}

function findMetric(result: StoredResult, word: string): MetricResult {
  const metric = Object.keys(result.metrics).find((name) => isMetric(name, word));
  const found = metric === undefined ? undefined : result.metrics[metric];
  if (!found)
    throw new Error(
      `docs: expected one of ${Object.keys(result.metrics).join(', ')} of ${getName(result)}, received ${word}.`,
    );
  return found;
}
