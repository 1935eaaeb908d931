import { compareExperiments } from '../compare-experiments.js';
import { computeDifference, type Decision } from '../decide-claim.js';
import { getError } from '../metric-errors.js';
import { isErrorMetric } from '../page/names.js';
import { haveSameQueries, type QueryValues } from '../query-values.js';
import type { MetricResult } from '../result.js';

/** The 95 % confidence interval of a difference or a mean. */
export type ClaimInterval = readonly [low: number, high: number];

/** What measurements say about a claim that one experiment is better than another. */
export interface BetterVerdict {
  readonly decision: Decision;
  /** Mean of the experiment that is said to be better, minus that of the other. */
  readonly difference: number;
  /** The interval of the difference over users, paired and clustered by user; absent without values per user. */
  readonly users?: ClaimInterval;
  /** The interval of the difference over seeds; absent unless both experiments have several. */
  readonly seeds?: ClaimInterval;
  /** The interval from the standard errors of both means, for want of the others: it is too wide. */
  readonly unpaired?: ClaimInterval;
}

/** A metric of an experiment, and its values per user if they are stored. */
export interface MeasuredMetric {
  readonly result: MetricResult;
  readonly values?: QueryValues | undefined;
}

/**
 * Decides the claim that one experiment is better than another on the same test data by 95 % confidence intervals of
 * the difference: over users, by a bootstrap of paired values that resamples whole users, and over seeds, by Welch's t.
 *
 * The claim holds if every known interval lies on the better side of 0, does not hold if every known interval lies on
 * the other side, and cannot be told otherwise. Where neither is known, the interval comes from the standard errors of
 * both means.
 *
 * @example
 * decideBetter('ndcg@10', { result: one, values: oneValues }, { result: other, values: otherValues }).decision
 */
export function decideBetter(metric: string, better: MeasuredMetric, than: MeasuredMetric): BetterVerdict {
  const difference = better.result.mean - than.result.mean;
  const [users, seeds] = [comparePairs(metric, better, than), compareSeeds(better.result, than.result)];
  const unpaired = users || seeds ? undefined : computeDifference(better.result, than.result);
  const intervals = [users, seeds, unpaired].filter((each) => each !== undefined);
  return {
    decision: decide(isErrorMetric(metric), intervals),
    difference,
    ...(users && { users }),
    ...(seeds && { seeds }),
    ...(unpaired && { unpaired }),
  };
}

function decide(smallerIsBetter: boolean, intervals: readonly ClaimInterval[]): Decision {
  if (intervals.length === 0) return 'cannot be told';
  const above = intervals.every(([low]) => low > 0);
  const below = intervals.every(([, high]) => high < 0);
  if (smallerIsBetter ? below : above) return 'holds';
  return (smallerIsBetter ? above : below) ? 'does not hold' : 'cannot be told';
}

/** The paired interval over users; undefined unless values of the same queries are stored for both. */
function comparePairs(
  metric: string,
  { values: one }: MeasuredMetric,
  { values: other }: MeasuredMetric,
): ClaimInterval | undefined {
  if (!one?.metrics[metric] || !other?.metrics[metric] || !haveSameQueries(one, other)) return undefined;
  const select = (values: QueryValues): QueryValues => ({ ...values, metrics: { [metric]: values.metrics[metric]! } });
  return compareExperiments(select(one), select(other))[0]!.interval;
}

/** The interval over seeds; undefined unless both have several. */
function compareSeeds(one: MetricResult, other: MetricResult): ClaimInterval | undefined {
  if ([one, other].some((each) => getError(each, 'seeds') === undefined)) return undefined;
  return computeDifference(one, other);
}
