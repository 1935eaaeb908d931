import { invalid } from '@footlight/core';
import type { RankedQuery, TieRule } from './types.js';

/** The option that all metrics of ranks share. */
export interface TieOptions {
  /** How candidates with equal scores are ranked. Default `expected`, or the rule of the experiment. */
  readonly ties?: TieRule;
}

/** Candidates with equal scores, of which at least one is relevant. */
export interface TieGroup {
  /** Rank of the first of them. */
  readonly start: number;
  /** Rank after the last of them. */
  readonly end: number;
  /** Number of relevant items among them, from 1. */
  readonly relevant: number;
  /** Number of relevant items with higher scores. */
  readonly before: number;
}

/** All rules. */
export const tieRules: readonly TieRule[] = ['expected', 'average-rank', 'lower-id', 'best', 'worst'];

/** Checks that a rule exists and returns it. */
export function assertTieRule(where: string, rule: TieRule): TieRule {
  return tieRules.includes(rule) ? rule : invalid(where, `one of ${tieRules.join(', ')}`, String(rule));
}

/** Tells whether a relevant item has the same score as another candidate. */
export function hasTies({ bestRanks, worstRanks }: RankedQuery): boolean {
  if (!bestRanks || !worstRanks) return false;
  for (let i = 0; i < bestRanks.length; i++) if (bestRanks[i] !== worstRanks[i]) return true;
  return false;
}

/** Lists the groups of candidates with equal scores that hold relevant items, the highest score first. */
export function listTieGroups({ ranks, bestRanks = ranks, worstRanks = ranks }: RankedQuery): TieGroup[] {
  const groups: TieGroup[] = [];
  for (let first = 0, next = 0; first < bestRanks.length; first = next) {
    while (next < bestRanks.length && bestRanks[next] === bestRanks[first]) next++;
    groups.push({ start: bestRanks[first]!, end: worstRanks[first]! + 1, relevant: next - first, before: first });
  }
  return groups;
}

/** Ranks the relevant items by a rule other than `expected`: `[relevant]`, ascending, from 0. */
export function orderTies(query: RankedQuery, rule: Exclude<TieRule, 'expected'>): ArrayLike<number> {
  if (rule === 'lower-id' || !hasTies(query)) return query.ranks;
  return listTieGroups(query).flatMap(({ start, end, relevant }) =>
    Array.from({ length: relevant }, (_, i) => {
      if (rule === 'average-rank') return (start + end - 1) / 2;
      return rule === 'best' ? start + i : end - relevant + i;
    }),
  );
}
