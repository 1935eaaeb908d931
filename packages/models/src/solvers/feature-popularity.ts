import { invalid } from '@footlight/core';
import type { Features, Interactions } from '@footlight/datasets';
import { allocateZeros } from '@footlight/engine';
import type { Solver } from '../types.js';
import { createItemScorer } from './item-scorer.js';
import { countItems } from './popularity.js';

/**
 * Popularity by feature: scores every item by the popularity of items that share its features, the same for all users.
 * The baseline of models that score items without interactions.
 *
 * $$ s_{ui} = \frac{1}{|F_i|} \sum_{f \in F_i} \frac{\sum_{j \in T_f} n_j}{|T_f|} $$
 *
 * where $F_i$ are the features of item i that occur among the items with training interactions, $T_f$ are those of
 * these items that have feature f, and $n_j$ is the number of training interactions with item j. An item without such
 * features has the mean of $n_j$ over all items with training interactions.
 *
 * @example
 * featurePopularity().solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument`, from `solve`, if the items have no features
 * @source ours
 */
export function featurePopularity(): Solver {
  return {
    kind: 'solver',
    name: 'feature-popularity',
    protocol: { name: 'feature-popularity' },
    reads: 'user',
    solve: (train) => createItemScorer(averageByFeature(train)),
    restore: ({ itemCount }) => createItemScorer(allocateZeros(itemCount)),
  };
}

function averageByFeature(train: Interactions): Float32Array {
  const { itemCount, itemFeatures } = train.catalogue;
  const features =
    itemFeatures ??
    invalid('featurePopularity(features)', 'features of the items', 'none', 'Choose a dataset with features.');
  const counts = countItems(train);
  const trained = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const mean = trained === 0 ? 0 : train.items.length / trained;
  const byFeature = averageFeatures(features, counts);
  return Float32Array.from({ length: itemCount }, (_, item) => {
    const known = Array.from(listFeatures(features, item), (feature) => byFeature[feature]!).filter(
      (average) => !Number.isNaN(average),
    );
    return known.length === 0 ? mean : known.reduce((sum, average) => sum + average, 0) / known.length;
  });
}

/** The mean count of the items with interactions that have each feature, `[feature]`; NaN where there are none. */
function averageFeatures(features: Features, counts: Float32Array): Float64Array {
  const sums = new Float64Array(features.names.length);
  const items = new Float64Array(features.names.length);
  for (const [item, count] of counts.entries()) {
    if (count === 0) continue;
    for (const feature of listFeatures(features, item)) {
      sums[feature]! += count;
      items[feature]!++;
    }
  }
  return sums.map((sum, feature) => sum / items[feature]!);
}

const listFeatures = ({ offsets, ids }: Features, item: number): Int32Array =>
  ids.subarray(offsets[item], offsets[item + 1]);
