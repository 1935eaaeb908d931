import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';
import { catalogueSoftmaxLoss, computeInPieces, type ProductTargets } from './catalogue-softmax-loss.js';
import { scoreCatalogue } from './score-catalogue.js';
import { sparseSoftmaxLoss } from './sparse-softmax-loss.js';

const [query, item, dim] = [5, 37, 3];
const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 2, 'float32', seed);
const createInputs = () => ({
  vectors: draw([query, dim], 1) as tf.Tensor2D,
  table: draw([item, dim], 2) as tf.Tensor2D,
  bias: draw([item], 3) as tf.Tensor1D,
  targets: tf.tensor1d([36, 0, 7, 7, 20], 'int32'), // one twice
});

/** The losses and the gradients of Σ cos(q) ℓ_q. */
function differentiate(
  compute: (inputs: ProductTargets) => tf.Tensor1D,
  { vectors, table, bias, targets }: ProductTargets,
) {
  const weights = tf.tensor1d(Array.from({ length: vectors.shape[0] }, (_, at) => Math.cos(at)));
  const given = [vectors, table, ...(bias ? [bias] : [])];
  const losses = compute({ vectors, table, bias, targets });
  const gradients = tf.grads((v, w, b) =>
    tf.sum(
      tf.mul(weights, compute({ vectors: v as tf.Tensor2D, table: w as tf.Tensor2D, bias: b as tf.Tensor1D, targets })),
    ),
  )(given);
  return [losses, ...gradients].map((each) => [...each.dataSync()]);
}

describeOnBackends('catalogueSoftmaxLoss', () => {
  it.each([
    ['one piece', 10_000],
    ['several, the last one shorter', query * 10],
    ['one item each', 1],
  ])('equals the loss over all scores at once, with its gradients: %s', (_, size) => {
    tf.tidy(() => {
      const inputs = createInputs();
      for (const given of [inputs, { ...inputs, bias: undefined }]) {
        const found = differentiate((each) => computeInPieces(each, size), given);
        const expected = differentiate(({ vectors, table, bias, targets }) => {
          const scores = scoreCatalogue(vectors, table, bias && (tf.reshape(bias, [item, 1]) as tf.Tensor2D));
          return sparseSoftmaxLoss(scores, targets);
        }, given);
        for (const [at, values] of expected.entries()) expectClose(found[at]!, values, 1e-5);
      }
    });
  });

  it('is finite for scores of ±6400, and leaves no tensors', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const vectors = tf.tensor2d([[80], [-80]]);
      const table = tf.tensor2d([[80], [-80], [0]]);
      const inputs = { vectors, table, targets: tf.tensor1d([0, 0], 'int32') };
      const [losses, ...gradients] = differentiate((each) => computeInPieces(each, 2), inputs);
      expectClose(losses!, [0, 12_800]);
      expect(gradients.flat().every(Number.isFinite)).toBe(true);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses targets that are no items, and other shapes', () => {
    const inputs = createInputs();
    expect(() =>
      catalogueSoftmaxLoss({ ...inputs, targets: tf.tensor1d([37, 0, 0, 0, 0], 'int32') }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: catalogueSoftmaxLoss(targets): expected ids from 0 to 36, received 37 at [0].]`,
    );
    expect(() => catalogueSoftmaxLoss({ ...inputs, bias: tf.zeros([5]) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: catalogueSoftmaxLoss(bias): expected shape [item=37], received [5].]`,
    );
  });
});
