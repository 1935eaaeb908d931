import assert from 'node:assert/strict';
import { tf } from '@footlight/engine';
import { zeroEmbedding } from '@footlight/layers';

tf.enableProdMode(); // else TensorFlow.js greets on stderr
assert.deepEqual(zeroEmbedding({ count: 3, dim: 2 }).apply(tf.tensor1d([2], 'int32')).shape, [1, 2]);
