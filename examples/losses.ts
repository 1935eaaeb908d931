import { tf } from '@footlight/engine';
import { adaptiveHingeLoss, bprLoss, hingeLoss } from '@footlight/losses';

// Two queries with one positive and three negatives each. A loss returns one value per query.
const scores = {
  positive: tf.tensor1d([2, 0]), // [query]
  negatives: tf.tensor2d([
    [1, 0, -1],
    [1, 0, -1],
  ]), // [query, negative]
};
for (const loss of [bprLoss(), hingeLoss(), adaptiveHingeLoss()]) {
  console.log(loss.name.padEnd(18), ...[...loss.compute(scores).dataSync()].map((value) => value.toFixed(3)));
}
