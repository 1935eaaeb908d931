import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters, dense, scaledEmbedding } from '@footlight/layers';

const rng = createRng(42);
const item = scaledEmbedding({ count: 7, dim: 5, rng: rng.fork('item') });
const output = dense({ inputDim: 5, dim: 3, rng: rng.fork('output'), activation: tf.tanh });

const history = tf.tensor2d(
  [
    [0, 3],
    [3, 1],
  ],
  [2, 2],
  'int32',
); // [batch, time]
const vectors = tf.mean(item.apply(history), 1); // [batch, dim]
console.log('output', output.apply(vectors).shape);

// Optimizers and checkpoints identify parameters by these paths, never by position.
for (const [path, { shape }] of collectParameters({ item: item.parameters, output: output.parameters }))
  console.log(path.padEnd(14), shape);
