import { normalCdf } from './normal.js';

/**
 * p-value of the one-sided Wilcoxon signed-rank test that differences tend to be positive.
 *
 * $$ W^+ = \sum_{d_i > 0} \mathrm{rank}(|d_i|) $$
 *
 * Exact for at most 50 differences without ties or zeros, and for at most 13 with them; else by the normal
 * approximation with the correction for ties. Zeros are ranked too, and their ranks are shared between both signs.
 *
 * @source Pratt, JASA 54 (1959); as `scipy.stats.wilcoxon(zero_method='zsplit', alternative='greater')`
 */
export function computeSignedRankPValue(differences: readonly number[]): number {
  const sorted = [...differences].sort((one, other) => Math.abs(one) - Math.abs(other));
  const count = sorted.length;
  const ranks: number[] = [];
  let [ties, hasTies] = [0, false];
  for (let start = 0; start < count; ) {
    let end = start + 1;
    while (end < count && Math.abs(sorted[end]!) === Math.abs(sorted[start]!)) end++;
    const size = end - start;
    ranks.push(...new Array<number>(size).fill((start + 1 + end) / 2));
    ties += size ** 3 - size;
    if (size > 1 || sorted[start] === 0) hasTies = true;
    start = end;
  }
  const positive = ranks.reduce((sum, rank, at) => sum + (sorted[at]! > 0 ? rank : sorted[at] === 0 ? rank / 2 : 0), 0);
  if (count <= 50 && !hasTies) return computeExactTail(count, positive);
  if (count <= 13) return countSigns(sorted, ranks, positive);
  const mean = (count * (count + 1)) / 4;
  const variance = (count * (count + 1) * (2 * count + 1)) / 24 - ties / 48;
  return variance === 0 ? 1 : normalCdf((mean - positive) / Math.sqrt(variance));
}

/** P(W⁺ ≥ w) by all signs of the differences; those of zeros do not matter. */
function countSigns(sorted: readonly number[], ranks: readonly number[], least: number): number {
  const zeros = ranks.reduce((sum, rank, at) => sum + (sorted[at] === 0 ? rank / 2 : 0), 0);
  const free = ranks.filter((_, at) => sorted[at] !== 0);
  let reached = 0;
  for (let signs = 0; signs < 2 ** free.length; signs++) {
    const sum = free.reduce((total, rank, at) => total + ((signs >>> at) & 1) * rank, zeros);
    if (sum >= least - 1e-9) reached++;
  }
  return reached / 2 ** free.length;
}

/** P(W⁺ ≥ w): every set of ranks is equally likely. */
function computeExactTail(count: number, least: number): number {
  const most = (count * (count + 1)) / 2;
  let shares = new Float64Array(most + 1);
  shares[0] = 1;
  for (let rank = 1; rank <= count; rank++) {
    const next = shares.map((share) => share / 2);
    for (let sum = rank; sum <= most; sum++) next[sum]! += shares[sum - rank]! / 2;
    shares = next;
  }
  return shares.subarray(least).reduce((sum, share) => sum + share, 0);
}
