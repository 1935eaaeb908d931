import type { Decision } from '../decide-claim.js';
import { getError } from '../metric-errors.js';
import { getQuantile } from '../page/compute-interval.js';
import { isErrorMetric } from '../page/names.js';
import type { MetricResult } from '../result.js';
import type { ClaimInterval } from './decide-better.js';

/** What measurements say about a published figure. */
export interface FigureVerdict {
  readonly decision: Decision;
  /** Where one run with another seed lies with 95 % confidence; absent with one seed. */
  readonly seeds?: ClaimInterval;
  /** The same on other users; absent if the error over users is unknown. */
  readonly users?: ClaimInterval;
}

/**
 * Decides whether a published figure was reproduced. It was printed after one run, which differs from our mean:
 *
 * $$ \bar x \pm \sqrt{t_{n-1}^2 s^2 (1 + 1/n) + 1.96^2 \mathrm{se}_\mathrm{users}^2} $$
 *
 * where s is the standard deviation over n seeds; the second term is that of other users. The figure stands for all
 * numbers that round to it.
 *
 * The claim holds if our mean rounds to the figure, or if the figure meets the interval over seeds and this interval is
 * narrower than the figure: runs that differ by more confirm nothing. It cannot be told if the figure meets a wider
 * interval over seeds or only that over seeds and users, or if no interval is known. Otherwise it does not hold. A
 * lower bound holds if the interval over seeds lies above it, and does not hold if the interval lies below it; without
 * several seeds, the mean decides.
 *
 * @example
 * decideFigure('mrr', { mean: 0.112, standardError: 0.001, values: [0.111, 0.113] }, '0.11').decision // 'holds'
 */
export function decideFigure(
  metric: string,
  result: MetricResult,
  figure: string,
  bound: 'equal' | 'at least' = 'equal',
): FigureVerdict {
  const [seeds, users] = [computeRunInterval(result, false), computeRunInterval(result, true)];
  const decision =
    bound === 'at least'
      ? decideBound(metric, result.mean, seeds ?? [result.mean, result.mean], Number(figure))
      : decideEqual(result.mean, figure, seeds, users);
  return { decision, ...(seeds && { seeds }), ...(users && { users }) };
}

function decideEqual(
  mean: number,
  figure: string,
  seeds: ClaimInterval | undefined,
  users: ClaimInterval | undefined,
): Decision {
  const [low, high] = computeRounding(figure);
  const meets = (interval: ClaimInterval) => interval[0] <= high && interval[1] >= low;
  if (meets([mean, mean])) return 'holds';
  if (seeds && meets(seeds)) return seeds[1] - seeds[0] < Math.abs((low + high) / 2) ? 'holds' : 'cannot be told';
  if ((users && meets(users)) || (!seeds && !users)) return 'cannot be told';
  return 'does not hold';
}

/** A bound on an error is an upper one. */
function decideBound(metric: string, mean: number, [low, high]: ClaimInterval, bound: number): Decision {
  const sign = isErrorMetric(metric) ? -1 : 1;
  const [worst, best] = sign > 0 ? [low, high] : [-high, -low];
  if (worst >= sign * bound) return 'holds';
  return best < sign * bound && sign * mean < sign * bound ? 'does not hold' : 'cannot be told';
}

/** The numbers that round to a figure, e.g. 0.105 … 0.115 for `0.11`. */
export function computeRounding(figure: string): ClaimInterval {
  const [digits = '', exponent = '0'] = figure.toLowerCase().replace('−', '-').split('e');
  const half = 0.5 * 10 ** (Number(exponent) - (digits.split('.')[1]?.length ?? 0));
  const value = Number(`${digits}e${exponent}`);
  const slack = 1e-9 * half; // 0.115 is a little less or more than 0.11 + 0.005
  return [value - half - slack, value + half + slack];
}

function computeRunInterval(result: MetricResult, otherUsers: boolean): ClaimInterval | undefined {
  const { mean, values } = result;
  const [seedError, userError] = [getError(result, 'seeds'), getError(result, 'users')];
  if (otherUsers ? userError === undefined : seedError === undefined) return undefined;
  const count = values.length;
  // se · √n is the deviation of one run
  const run = seedError === undefined ? 0 : getQuantile(count - 1) * seedError * Math.sqrt(count + 1);
  const half = Math.hypot(run, otherUsers ? 1.96 * userError! : 0);
  return [mean - half, mean + half];
}
