import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { factorization, type Representation, sequenceGru } from '@footlight/models';
import { createPredictor, createRecommender, type Recommender } from '@footlight/trainer';
import type { ServedSize } from './cases.js';

/** Creates a recommender with random parameters. */
export function createRandomModel(size: ServedSize): { recommender: Recommender; model: Representation } {
  const { dim } = size;
  const model = size.model === 'factorization' ? factorization({ dim }) : sequenceGru({ dim, history: 50 });
  const known = drawInteractions(size);
  const network = model.build(known.catalogue, createRng(1));
  return { recommender: createRecommender(createPredictor(network), known), model };
}

function drawInteractions({ users, items, interactions }: ServedSize): Interactions {
  const rng = createRng(2);
  const count = users * interactions;
  const createIds = (length: number) => Int32Array.from({ length }, (_, id) => id);
  return {
    catalogue: { userCount: users, itemCount: items, userIds: createIds(users), itemIds: createIds(items) },
    users: Int32Array.from({ length: count }, (_, row) => Math.floor(row / interactions)),
    items: Int32Array.from({ length: count }, () => Math.floor(rng.next() * items)),
  };
}
