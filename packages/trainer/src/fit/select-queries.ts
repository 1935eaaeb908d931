import type { Batch } from '@footlight/datasets';

/** The real queries of a batch: the columns of its targets without padding. */
export interface StepQueries extends Pick<Batch, 'users' | 'targets' | 'ratings' | 'weights' | 'rows'> {
  /** Where they are among all targets of the batch, ascending, `[query]`; absent if all are real. */
  readonly positions?: Int32Array;
}

/**
 * Selects the real queries of a batch, each with its user. Padding is neither sampled for nor scored, and no loss is
 * computed for it.
 */
export function selectQueries(batch: Batch): StepQueries {
  const { targets, ratings, weights, rows } = batch;
  const real = batch.targetMask ?? batch.mask;
  const users = repeatUsers(batch);
  if (!real.includes(0))
    return { users, targets, ...(ratings && { ratings }), ...(weights && { weights }), ...(rows && { rows }) };
  const positions = listPositions(real);
  const pickInts = (column: Int32Array) => positions.map((at) => column[at]!);
  const pickFloats = (column: Float32Array) => Float32Array.from(positions, (at) => column[at]!);
  return {
    positions,
    users: pickInts(users),
    targets: pickInts(targets),
    ...(ratings && { ratings: pickFloats(ratings) }),
    ...(weights && { weights: pickFloats(weights) }),
    ...(rows && { rows: pickInts(rows) }),
  };
}

function listPositions(real: Float32Array): Int32Array {
  const positions = new Int32Array(real.length);
  let count = 0;
  for (let at = 0; at < real.length; at++) if (real[at] !== 0) positions[count++] = at;
  return positions.subarray(0, count);
}

/** The user of each target, real or not: every user once per step that may have one. */
function repeatUsers({ users, time, lastStepOnly }: Batch): Int32Array {
  if (time === 1 || lastStepOnly) return users;
  const repeated = new Int32Array(users.length * time);
  users.forEach((user, row) => void repeated.fill(user, row * time, (row + 1) * time));
  return repeated;
}

/** Sums the weights of the real queries of a batch: without weights, their number. */
export function countQueries({ targetMask, mask, weights }: Batch): number {
  const real = targetMask ?? mask;
  let total = 0;
  for (let at = 0; at < real.length; at++) total += weights ? real[at]! * weights[at]! : real[at]!;
  return total;
}
