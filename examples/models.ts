import { createRng } from '@footlight/core';
import { movielens } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { factorization, popularity } from '@footlight/models';

const rng = createRng(42);
const train = await movielens('latest-small').load({ rng: rng.fork('dataset') });
const queries = {
  users: tf.tensor1d([3, 0], 'int32'),
  history: tf.zeros<tf.Rank.R2>([2, 1], 'int32'),
  mask: tf.zeros<tf.Rank.R2>([2, 1]),
};

// A representation is built, then trained by gradient: `encode` returns vectors, `score` compares them with items.
const network = factorization({ dim: 16 }).build(train.catalogue, rng.fork('model'));
const { vectors } = network.encode(queries); // [batch, 1, dim + 1]: the last number is the user's bias
const flat = tf.reshape(vectors, [2, -1]) as tf.Tensor2D; // [query, dim + 1]
console.log('all items       ', network.score(flat).shape);
console.log(
  'three candidates',
  network.score(
    flat,
    tf.tensor2d(
      [
        [0, 1, 2],
        [6, 5, 4],
      ],
      [2, 3],
      'int32',
    ),
  ).shape,
);

// A solver is counted or solved in closed form; it takes no loss.
const [best] = tf.argMax(popularity().solve(train, rng).score(queries), 1).dataSync();
console.log('most popular    ', train.catalogue.itemTitles?.[best!]);
