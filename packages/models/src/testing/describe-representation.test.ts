import { tf } from '@footlight/engine';
import { scaledEmbedding } from '@footlight/layers';
import { scoreItems } from '../representations/score-items.js';
import type { Representation } from '../types.js';
import { describeRepresentation } from './describe-representation.js';

/** The smallest model that reads histories: a user is the mean of the items so far. */
function averageHistory(): Representation {
  const reads = { history: 3 };
  return {
    kind: 'representation',
    name: 'mean-of-history',
    protocol: { name: 'mean-of-history' },
    reads,
    build({ itemCount }, rng) {
      const item = scaledEmbedding({ count: itemCount, dim: 2, rng });
      return {
        reads,
        parameters: { item: item.parameters },
        encode({ history, mask }) {
          const [batch, time] = history.shape;
          const weights = tf.expandDims(mask, 2); // [batch, time, 1]
          const causal = tf.tile(tf.expandDims(tf.linalg.bandPart(tf.ones<tf.Rank.R2>([time, time]), -1, 0), 0), [
            batch,
            1,
            1,
          ]); // [batch, time, time], 1 for steps up to this one
          const sums = tf.matMul(causal, tf.mul(item.apply(history), weights)); // [batch, time, dim]
          return { vectors: tf.div(sums, tf.maximum(tf.matMul(causal, weights), 1)) as tf.Tensor3D };
        },
        score: (vectors, candidates) => scoreItems(vectors, item, undefined, candidates),
      };
    },
  };
}

// A model that reads histories passes the suite; models that read ids pass it in their own tests.
describeRepresentation('a model of histories', averageHistory());
