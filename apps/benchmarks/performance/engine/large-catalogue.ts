import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { softmaxLoss } from '@footlight/losses';
import { sasRec } from '@footlight/models';
import { fit } from '@footlight/trainer';

const [itemCount, batchSize, time, dim] = [1_000_000, 64, 50, 64];

/** What is trained, with its sizes. */
export const fullSoftmaxSizes = `SASRec, dim ${dim}, softmax over 1,000,000 items, batch ${batchSize} × ${time}`;

/** Starts training for an unlimited number of epochs of one step each, on full windows of items drawn uniformly. */
export function startFullSoftmax(): ReturnType<typeof fit> {
  const train = drawInteractions();
  const model = sasRec({ dim, history: time, blocks: 2, heads: 2, dropout: 0.2, biases: false });
  return fit(model.build(train.catalogue, createRng('model')), train, {
    loss: softmaxLoss(),
    optimizer: adam({ learningRate: 1e-3, rows: 'dense' }),
    epochs: Number.MAX_SAFE_INTEGER,
    ...{ batchSize, windows: { length: time + 1 }, rng: createRng('fit') },
  });
}

function drawInteractions(): Interactions {
  const length = batchSize * (time + 1);
  const ids = (count: number) => Int32Array.from({ length: count }, (_, id) => id);
  return {
    catalogue: { userCount: batchSize, itemCount, userIds: ids(batchSize), itemIds: ids(itemCount) },
    users: ids(length).map((row) => Math.floor(row / (time + 1))),
    items: createRng('items').integers(itemCount, new Int32Array(length)),
    timestamps: Float64Array.from(ids(length)),
  };
}
