import { assertInteger, assertNumber } from '@footlight/core';
import { groupByUser, type HeldOut } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import type { CatalogueLoss, Loss } from '@footlight/losses';
import type { Network } from '@footlight/models';
import { toSparseTargets } from '../fit/compute-losses.js';
import { groupItemsByUser } from '../recommend/group-items-by-user.js';
import { toModelInput, toQueries } from '../recommend/model-input.js';
import { listUsers } from './list-users.js';

export interface MeasureLossOptions {
  readonly loss: Loss;
  /** Factor on the penalty of the model. Default 1. */
  readonly penaltyWeight?: number | undefined;
  /** Users per batch. Default 512. */
  readonly batchSize?: number;
}

/**
 * Evaluation loss of a model of baskets: how well it reconstructs the histories that held-out users are evaluated with.
 *
 * $$ L = \frac{1}{|U|} \sum_u \left( \ell(x_u, s(x_u)) + \beta \cdot \text{penalty}_u \right) $$
 *
 * where $x_u$ is the history of user u, without the targets, and the model neither drops nor samples anything. Users
 * are those that have targets.
 *
 * @returns `undefined` for models that do not read baskets
 * @throws {RecsysError} `invalid-argument` if `batchSize` is not a positive integer
 * @source RecoTour, https://github.com/jrzaurin/RecoTour, which takes the β of the last step of the run instead of β
 *   of the evaluated epoch
 */
export function measureLoss(network: Network, heldOut: HeldOut, options: MeasureLossOptions): number | undefined {
  const { loss, penaltyWeight, batchSize = 512 } = options;
  assertInteger('measureLoss(batchSize)', batchSize);
  if (penaltyWeight !== undefined) assertNumber('measureLoss(penaltyWeight)', penaltyWeight, { from: 0 });
  if (network.reads !== 'basket' || loss.kind !== 'catalogue') return undefined;
  const users = listUsers(groupByUser(heldOut.targets).offsets);
  const readHistory = groupItemsByUser(heldOut.history);
  let sum = 0;
  for (let start = 0; start < users.length; start += batchSize) {
    const batch = users.slice(start, start + batchSize);
    sum += sumLosses(network, Array.from(batch, readHistory), batch, loss, options);
  }
  return sum / users.length;
}

function sumLosses(
  network: Network,
  histories: readonly Int32Array[],
  users: Int32Array,
  loss: CatalogueLoss,
  { penaltyWeight = 1 }: MeasureLossOptions,
): number {
  const input = toModelInput(histories, 'basket', users);
  const summed = tf.tidy(() => {
    const { vectors, penalty } = network.encode(toQueries(input)); // [batch, 1, dim], [batch]
    const scores = network.score(tf.squeeze(vectors, [1])); // [batch, item]
    const losses = loss.compute({ scores, targets: toSparseTargets(input.baskets!) }); // [batch]
    return penalty ? tf.add(losses, tf.mul(penaltyWeight, penalty)) : losses;
  });
  const values = summed.dataSync<'float32'>();
  summed.dispose();
  return values.reduce((sum, value) => sum + value, 0);
}
