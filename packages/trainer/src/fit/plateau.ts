import { assertInteger, assertNumber, invalid, omitUndefined } from '@footlight/core';
import type { EpochReport, Schedule } from '../types.js';

export interface PlateauOptions {
  /** Name of the metric to watch on the validation part, e.g. `ndcg@100`. */
  readonly metric: string;
  /** Factor on the learning rate at each change, in (0, 1). Default 0.1. */
  readonly factor?: number;
  /** Epochs without improvement that do not change the rate. Default 10. */
  readonly patience?: number;
  /** Smallest improvement that counts, as a share of the best value, in [0, 1). Default 1e-4. */
  readonly threshold?: number;
  /** Whether larger or smaller values are better. Default `max`. */
  readonly better?: 'max' | 'min';
  /**
   * `wrong-direction`: compare with the worst value so far instead of the best, as RecoTour does by leaving PyTorch's
   * `mode` at `min` for a metric to be maximized.
   */
  readonly faithful?: 'wrong-direction';
}

/**
 * Reduction on plateau: multiplies the learning rate by `factor` whenever the validation part has not improved for more
 * than `patience` epochs.
 *
 * $$ v_t \text{ improves on } v^* \iff v_t > (1 + \theta) v^* \quad (\text{or } v_t < (1 - \theta) v^* \text{ where less is better}) $$
 *
 * The count of epochs starts again after each change. NaN never improves.
 *
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source PyTorch, `ReduceLROnPlateau` with `threshold_mode='rel'`,
 *   https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html
 */
export function plateau({
  metric,
  factor = 0.1,
  patience = 10,
  threshold = 1e-4,
  better = 'max',
  faithful,
}: PlateauOptions): Schedule {
  assertNumber('plateau(factor)', factor, { above: 0, below: 1 });
  assertInteger('plateau(patience)', patience, { minimum: 0 });
  assertNumber('plateau(threshold)', threshold, { from: 0, below: 1 });
  if (better !== 'max' && better !== 'min') invalid('plateau(better)', "'max' or 'min'", better);
  if (faithful !== undefined && faithful !== 'wrong-direction')
    invalid('plateau(faithful)', "'wrong-direction'", faithful);
  const larger = (better === 'max') !== (faithful === 'wrong-direction');
  const improves = (value: number, best: number) =>
    larger ? value > best * (1 + threshold) : value < best * (1 - threshold);
  return {
    name: `plateau(${metric}, ${factor}, ${patience}${faithful ? `, ${faithful}` : ''})`,
    protocol: { name: 'plateau', metric, factor, patience, threshold, better, ...omitUndefined({ faithful }) },
    metric,
    factor: (_progress, _epochs, completed = []) => factor ** countChanges(completed, metric, patience, improves),
  };
}

/** Counts how often the patience was exceeded. */
function countChanges(
  completed: readonly EpochReport[],
  metric: string,
  patience: number,
  improves: (value: number, best: number) => boolean,
): number {
  let best: number | undefined;
  let [waited, changes] = [0, 0];
  for (const { validation } of completed) {
    const value = validation?.[metric];
    if (value === undefined) continue;
    if (!Number.isNaN(value) && (best === undefined || improves(value, best))) {
      best = value;
      waited = 0;
    } else if (++waited > patience) {
      waited = 0;
      changes++;
    }
  }
  return changes;
}
