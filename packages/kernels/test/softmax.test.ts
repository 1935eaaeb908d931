import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

const f = (length: number) => new Float32Array(length);
const i = (...values: number[]) => Int32Array.of(...values);

describe.skipIf(!isCompiled)('sparse softmax loss', () => {
  it('has the value and the gradient of the equation', () => {
    const [losses, normalizers] = [f(2), f(4)];
    const logits = Float32Array.of(0, Math.log(3), 0, 5, 5, 5);
    kernels.sparseSoftmaxLoss({
      logits,
      queryCount: 2,
      itemCount: 3,
      offsets: i(0, 2, 2),
      ids: i(1, 0),
      weights: Float32Array.of(1, 2),
      outLosses: losses,
      outNormalizers: normalizers,
    });
    // Probabilities 1/5, 3/5, 1/5: −log(3/5) − 2 log(1/5). The second query has no target.
    expect(losses[0]).toBeCloseTo(-Math.log(0.6) - 2 * Math.log(0.2), 5);
    expect(losses[1]).toBe(0);
    const gradient = f(6);
    kernels.sparseSoftmaxGradient({
      logits,
      queryCount: 2,
      itemCount: 3,
      offsets: i(0, 2, 2),
      ids: i(1, 0),
      weights: Float32Array.of(1, 2),
      normalizers,
      gradients: Float32Array.of(1, 1),
      out: gradient,
    });
    // 3 · probability − weight
    [0.6 - 2, 1.8 - 1, 0.6, 0, 0, 0].forEach((value, at) => void expect(gradient[at]).toBeCloseTo(value, 5));
  });

  it.each([0, 1e4, 1e6, 1e8, -1e8])('does not change if %d is added to all logits', (shift) => {
    const [losses, normalizers, gradient] = [f(1), f(2), f(3)];
    const logits = new Float32Array(3).fill(shift);
    kernels.sparseSoftmaxLoss({
      logits,
      queryCount: 1,
      itemCount: 3,
      offsets: i(0, 1),
      ids: i(0),
      outLosses: losses,
      outNormalizers: normalizers,
    });
    kernels.sparseSoftmaxGradient({
      logits,
      queryCount: 1,
      itemCount: 3,
      offsets: i(0, 1),
      ids: i(0),
      normalizers,
      gradients: Float32Array.of(1),
      out: gradient,
    });
    expect(losses[0]).toBe(Math.fround(Math.log(3)));
    [-2 / 3, 1 / 3, 1 / 3].forEach((value, at) => void expect(gradient[at]).toBeCloseTo(value, 6));
  });

  const callLoss = (length: number, offsets: Int32Array, items: Int32Array, weights?: Float32Array) => () =>
    kernels.sparseSoftmaxLoss({
      logits: f(length),
      queryCount: 1,
      itemCount: 3,
      offsets,
      ids: items,
      weights,
      outLosses: f(1),
      outNormalizers: f(2),
    });
  it.each<[string, () => unknown]>([
    ['a target beyond the catalogue', callLoss(3, i(0, 1), i(3))],
    ['a target below 0', callLoss(3, i(0, 1), i(-1))],
    ['offsets beyond the targets', callLoss(3, i(0, 2), i(0))],
    ['too few offsets', callLoss(3, i(0), i())],
    ['logits of another shape', callLoss(4, i(0, 0), i())],
    ['too few weights', callLoss(3, i(0, 2), i(0, 1), f(1))],
    [
      'an output that is too short',
      () =>
        kernels.sparseSoftmaxGradient({
          logits: f(3),
          queryCount: 1,
          itemCount: 3,
          offsets: i(0, 0),
          ids: i(),
          normalizers: f(2),
          gradients: f(1),
          out: f(2),
        }),
    ],
    [
      'too few gradients',
      () =>
        kernels.sparseSoftmaxGradient({
          logits: f(3),
          queryCount: 1,
          itemCount: 3,
          offsets: i(0, 0),
          ids: i(),
          normalizers: f(2),
          gradients: f(0),
          out: f(3),
        }),
    ],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
