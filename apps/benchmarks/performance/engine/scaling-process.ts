import { createRng } from '@footlight/core';
import { type Interactions, uniformNegatives } from '@footlight/datasets';
import { adam, useBackend } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { factorization, type Representation, sequenceLstm } from '@footlight/models';
import { fit } from '@footlight/trainer';
import { readPeakBytes } from '../measure/read-peak-bytes.js';
import { computeSpread } from '../measure/spread.js';
import type { MeasuredPoint, ScalingPoint } from './scaling-point.js';

// Trains a few epochs of a few steps and prints a MeasuredPoint. Items are drawn uniformly, the hardest case for
// caches.

const point = JSON.parse(process.argv[2]!) as ScalingPoint;
const { model, items, batch, dim } = point;
const history = 50;
const [steps, epochs] = model === 'factorization' ? [200, 7] : [6, 5];
const users = model === 'factorization' ? 10_000 : steps * batch;
const rows = model === 'factorization' ? steps * batch : users * (history + 1);

await useBackend('native');
const rng = createRng('scaling');
const ids = (count: number) => Int32Array.from({ length: count }, (_, id) => id);
const train: Interactions = {
  catalogue: { userCount: users, itemCount: items, userIds: ids(users), itemIds: ids(items) },
  users: Int32Array.from({ length: rows }, (_, row) => row % users),
  items: Int32Array.from({ length: rows }, () => Math.floor(rng.next() * items)),
  timestamps: Float64Array.from({ length: rows }, (_, row) => row),
};
const representation: Representation =
  model === 'factorization' ? factorization({ dim }) : sequenceLstm({ dim, history });
const seconds: number[] = [];
for await (const epoch of fit(representation.build(train.catalogue, rng.fork('model')), train, {
  loss: bprLoss(),
  negatives: uniformNegatives({ count: 1, reject: 'nothing' }),
  optimizer: adam({ learningRate: 1e-3 }),
  epochs,
  batchSize: batch,
  rng: rng.fork('fit'),
}))
  if (epoch.epoch > 0) seconds.push(epoch.seconds / steps); // the first epoch warms up

const measured: MeasuredPoint = { ...point, seconds: computeSpread(seconds).median, peakBytes: readPeakBytes() };
process.stdout.write(JSON.stringify(measured));
