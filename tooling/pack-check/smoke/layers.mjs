import assert from 'node:assert/strict';
import { zeroEmbedding } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';

tf.enableProdMode(); // else TensorFlow.js greets on stderr
assert.deepEqual(zeroEmbedding({ count: 3, dim: 2 }).apply(tf.tensor1d([2], 'int32')).shape, [1, 2]);
