/** Whether one point is at least as good in all losses, and better in one. */
function dominates(one: readonly number[], other: readonly number[]): boolean {
  let isBetter = false;
  for (let at = 0; at < one.length; at++) {
    if (one[at]! > other[at]!) return false;
    if (one[at]! < other[at]!) isBetter = true;
  }
  return isBetter;
}

/**
 * Ranks points by dominance: 0 for the Pareto front, 1 for the front without these, and so on.
 *
 * @param least number of points after which no further front is ranked; points without a rank have −1
 */
export function rankByDominance(losses: readonly (readonly number[])[], least: number = losses.length): Int32Array {
  const ranks = new Int32Array(losses.length).fill(-1);
  let open = [...losses.keys()].sort((one, other) => compareLosses(losses[one]!, losses[other]!));
  for (let rank = 0; open.length > losses.length - least; rank++) {
    // In lexicographic order no later point dominates an earlier one, so the members of a front suffice.
    const front: number[] = [];
    for (const at of open) if (!front.some((member) => dominates(losses[member]!, losses[at]!))) front.push(at);
    for (const at of front) ranks[at] = rank;
    open = open.filter((at) => ranks[at] === -1);
  }
  return ranks;
}

function compareLosses(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((loss, index) => loss !== other[index]);
  return at < 0 ? 0 : one[at]! - other[at]!;
}

/**
 * Hypervolume: the volume that points dominate, up to a reference point.
 *
 * By recursion over exclusive volumes: While, Bradstreet and Barone, IEEE Trans. Evol. Comput. 16 (2012).
 */
export function computeHypervolume(losses: readonly (readonly number[])[], reference: readonly number[]): number {
  const sorted = [...losses].sort((one, other) => one[0]! - other[0]!);
  return sorted.reduce((sum, point, at) => sum + computeExclusive(point, sorted.slice(at + 1), reference), 0);
}

/** The volume that a point dominates and others do not. */
function computeExclusive(
  point: readonly number[],
  others: readonly (readonly number[])[],
  reference: readonly number[],
): number {
  const own = point.reduce((volume, loss, at) => volume * Math.max(0, reference[at]! - loss), 1);
  if (own === 0 || others.length === 0) return own;
  const limited = others.map((other) => other.map((loss, at) => Math.max(loss, point[at]!)));
  const front = limited.filter(
    (one, at) =>
      !limited.some((other, index) => dominates(other, one) || (index < at && compareLosses(other, one) === 0)),
  );
  return own - computeHypervolume(front, reference);
}

/**
 * Chooses points that dominate the most hypervolume together: greedily, each time the one that adds most.
 *
 * The reference point is 10 % beyond the worst losses. A point's volume falls as others are chosen, so that an earlier
 * volume is an upper bound, and few are computed anew.
 *
 * @returns the positions of the chosen points
 */
export function selectByHypervolume(losses: readonly (readonly number[])[], size: number): number[] {
  const reference = losses[0]!.map((_, at) => {
    const worst = losses.reduce((most, point) => Math.max(most, point[at]!), -Infinity);
    return Math.max(1.1 * worst, 0.9 * worst) || 1e-12;
  });
  const chosen: number[] = [];
  const open = losses.map((point, at) => ({ at, volume: computeExclusive(point, [], reference), known: 0 }));
  while (chosen.length < size && open.length > 0) {
    open.sort((one, other) => other.volume - one.volume || one.at - other.at);
    const first = open[0]!;
    if (first.known === chosen.length) {
      chosen.push(first.at);
      open.shift();
      continue;
    }
    const others = chosen.map((at) => losses[at]!);
    first.volume = computeExclusive(losses[first.at]!, others, reference);
    first.known = chosen.length;
  }
  return chosen;
}
