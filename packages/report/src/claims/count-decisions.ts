import type { ClaimDecision, TestedGroup } from './test-claims.js';

/** Decisions in the order in which reports show them. */
export const decisions: readonly ClaimDecision[] = ['holds', 'does not hold', 'cannot be told', 'not measured'];

/** Counts the decisions on all claims of groups. */
export function countDecisions(groups: readonly TestedGroup[]): Readonly<Record<ClaimDecision, number>> {
  const all = groups.flatMap(({ comparisons, figures }) => [...comparisons, ...figures]);
  const count = (decision: ClaimDecision) => all.filter((each) => each.decision === decision).length;
  return {
    holds: count('holds'),
    'does not hold': count('does not hold'),
    'cannot be told': count('cannot be told'),
    'not measured': count('not measured'),
  };
}

/** Formats counts in a line, e.g. `5 hold, 1 does not hold, 2 cannot be told`. */
export function formatDecisions(counts: Readonly<Record<ClaimDecision, number>>): string {
  return decisions
    .filter((decision, at) => at < 2 || counts[decision] > 0)
    .map((decision) => formatCounted(decision, counts[decision]))
    .join(', ');
}

/** Formats the number of claims with a decision, e.g. `1 holds`. */
export function formatCounted(decision: ClaimDecision, count: number): string {
  if (decision === 'holds') return `${count} ${count === 1 ? 'holds' : 'hold'}`;
  if (decision === 'does not hold') return `${count} ${count === 1 ? 'does' : 'do'} not hold`;
  return `${count} ${decision}`;
}
