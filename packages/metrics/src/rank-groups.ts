import { RecsysError } from '@footlight/core';
import { createBins, findBin, LAST_BIN } from './score-bins.js';

/** Bit of an item that is excluded from the candidates. */
export const EXCLUDED = 1;
/** Bit of an item that is relevant. */
export const RELEVANT = 2;

/** Ranks of the relevant items among the candidates, ascending, from 0. */
export interface GroupRanks {
  /** `[relevant]`: items with equal scores are ranked by their ids. */
  readonly ranks: number[];
  /** `[relevant]`: the best rank among equal scores. */
  readonly bestRanks: number[];
  /** `[relevant]`: the worst rank among equal scores. */
  readonly worstRanks: number[];
}

/** Groups of relevant items with equal scores, the highest score first. */
interface ScoreGroups {
  /** `[group]`: scores in descending order. */
  readonly scores: Float64Array;
  /** `[group]`: index of the first relevant item of each group. */
  readonly starts: Int32Array;
  readonly relevantCount: number;
}

/**
 * Ranks relevant items that are not excluded, in one pass over the catalogue.
 *
 * Counts, for each group of relevant items with equal scores, the candidates with the same score and the candidates
 * between it and the next better group.
 *
 * @shape scores `[item]`, flags `[item]`, relevant `[relevant]` → ranks `[relevant]`
 * @throws {RecsysError} `not-finite` if a score is NaN
 */
export function rankGroups(
  scores: Float32Array | Float64Array,
  flags: Uint8Array,
  relevant: readonly number[],
): GroupRanks {
  const groups = groupByScore(scores, relevant);
  const groupCount = groups.scores.length;
  const above = new Int32Array(groupCount); // candidates between this group and the next better one
  const equal = new Int32Array(groupCount);
  const lower = new Int32Array(groups.relevantCount); // candidates with the same score and a lower id
  const next = groups.starts.slice(); // the items of a group come in the order of their ids
  const { lowest, scale, starts } = createBins(groups.scores);
  const inBin = new Int32Array(LAST_BIN + 1);

  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!;
    if (score >= lowest) {
      const flag = flags[item]!;
      const bin = findBin(score, lowest, scale);
      if (starts[bin] === starts[bin + 1]) inBin[bin]! += ~flag & EXCLUDED;
      else if (!(flag & EXCLUDED)) {
        const group = findFirstAtMost(groups.scores, score, starts[bin + 1]!, starts[bin]!);
        if (groups.scores[group] !== score) above[group]!++;
        else {
          if (flag === RELEVANT) lower[next[group]!++] = equal[group]!;
          equal[group]!++;
        }
      }
    } else if (Number.isNaN(score)) {
      throw new RecsysError(
        'not-finite',
        `rankQuery(scores): expected a number for every item, received NaN for item ${item}. Did the training diverge?`,
      );
    }
  }
  for (let bin = 0; bin <= LAST_BIN; bin++) if (inBin[bin]! > 0) above[starts[bin]!]! += inBin[bin]!;
  return toRanks(groups, above, equal, lower);
}

function groupByScore(scores: ArrayLike<number>, relevant: readonly number[]): ScoreGroups {
  const descending = Float64Array.from(relevant, (item) => scores[item]!)
    .sort()
    .reverse();
  const starts = [...descending.keys()].filter((i) => i === 0 || descending[i] !== descending[i - 1]);
  return {
    scores: Float64Array.from(starts, (i) => descending[i]!),
    starts: Int32Array.from(starts),
    relevantCount: relevant.length,
  };
}

/** Finds the first index with a score at most as high as `score`, given that it is from `low` to `high`. */
function findFirstAtMost(descending: Float64Array, score: number, low: number, high: number): number {
  let [first, last] = [low, high];
  while (first < last) {
    const middle = (first + last) >>> 1;
    if (descending[middle]! <= score) last = middle;
    else first = middle + 1;
  }
  return first;
}

function toRanks(groups: ScoreGroups, above: Int32Array, equal: Int32Array, lower: Int32Array): GroupRanks {
  const found: GroupRanks = { ranks: [], bestRanks: [], worstRanks: [] };
  let higher = 0;
  groups.starts.forEach((start, group) => {
    higher += above[group]!;
    const end = groups.starts[group + 1] ?? groups.relevantCount;
    for (let i = start; i < end; i++) {
      found.ranks.push(higher + lower[i]!);
      found.bestRanks.push(higher);
      found.worstRanks.push(higher + equal[group]! - 1);
    }
    higher += equal[group]!;
  });
  return found;
}
