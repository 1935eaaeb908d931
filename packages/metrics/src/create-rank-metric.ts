import { assertTieRule, hasTies, listTieGroups, orderTies, type TieGroup, type TieOptions } from './tie-rule.js';
import type { RankedQuery, RankMetric } from './types.js';

/** The parts of a rank metric. Neither function is called for queries without relevant items, whose value is NaN. */
export interface RankMetricParts extends TieOptions, Pick<RankMetric, 'name' | 'protocol'> {
  /** Name of the exported function, for errors. */
  readonly where: string;
  /** Computes the value of ranks: `[relevant]`, ascending, from 0. */
  measure(ranks: ArrayLike<number>, query: RankedQuery): number;
  /** Computes the expected value over all orders of the candidates within each group. */
  expect(groups: readonly TieGroup[], query: RankedQuery): number;
}

/** Creates a rank metric that follows a rule of ties, and states it in its protocol. */
export function createRankMetric(parts: RankMetricParts): RankMetric {
  const { where, name, protocol, ties } = parts;
  const rule = assertTieRule(`${where}(ties)`, ties ?? 'expected');
  return {
    kind: 'rank',
    name,
    protocol: { ...protocol, ties: rule },
    measure(query) {
      if (query.relevantCount === 0) return Number.NaN;
      if (rule !== 'expected') return parts.measure(orderTies(query, rule), query);
      return hasTies(query) ? parts.expect(listTieGroups(query), query) : parts.measure(query.ranks, query);
    },
    ...(ties === undefined ? { withTies: (other) => createRankMetric({ ...parts, ties: other }) } : {}),
  };
}
