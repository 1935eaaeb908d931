import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

const f = (length: number) => new Float32Array(length);
const i = (...values: number[]) => Int32Array.of(...values);

describe.skipIf(!isCompiled)('sparse softmax loss', () => {
  it('has the value and the gradient of the equation', () => {
    const [losses, normalizers] = [f(2), f(4)];
    const logits = Float32Array.of(0, Math.log(3), 0, 5, 5, 5);
    kernels.sparseSoftmaxLoss(logits, 2, 3, i(0, 2, 2), i(1, 0), Float32Array.of(1, 2), losses, normalizers);
    // Probabilities 1/5, 3/5, 1/5: −log(3/5) − 2 log(1/5). The second query has no target.
    expect(losses[0]).toBeCloseTo(-Math.log(0.6) - 2 * Math.log(0.2), 5);
    expect(losses[1]).toBe(0);
    const gradient = f(6);
    kernels.sparseSoftmaxGradient(
      logits,
      2,
      3,
      i(0, 2, 2),
      i(1, 0),
      Float32Array.of(1, 2),
      normalizers,
      Float32Array.of(1, 1),
      gradient,
    );
    // 3 · probability − weight
    [0.6 - 2, 1.8 - 1, 0.6, 0, 0, 0].forEach((value, at) => void expect(gradient[at]).toBeCloseTo(value, 5));
  });

  it.each([0, 1e4, 1e6, 1e8, -1e8])('does not change if %d is added to all logits', (shift) => {
    const [losses, normalizers, gradient] = [f(1), f(2), f(3)];
    const logits = new Float32Array(3).fill(shift);
    kernels.sparseSoftmaxLoss(logits, 1, 3, i(0, 1), i(0), undefined, losses, normalizers);
    kernels.sparseSoftmaxGradient(logits, 1, 3, i(0, 1), i(0), undefined, normalizers, Float32Array.of(1), gradient);
    expect(losses[0]).toBe(Math.fround(Math.log(3)));
    [-2 / 3, 1 / 3, 1 / 3].forEach((value, at) => void expect(gradient[at]).toBeCloseTo(value, 6));
  });

  const callLoss = (length: number, offsets: Int32Array, items: Int32Array, weights?: Float32Array) => () =>
    kernels.sparseSoftmaxLoss(f(length), 1, 3, offsets, items, weights, f(1), f(2));
  it.each<[string, () => unknown]>([
    ['a target beyond the catalogue', callLoss(3, i(0, 1), i(3))],
    ['a target below 0', callLoss(3, i(0, 1), i(-1))],
    ['offsets beyond the targets', callLoss(3, i(0, 2), i(0))],
    ['too few offsets', callLoss(3, i(0), i())],
    ['logits of another shape', callLoss(4, i(0, 0), i())],
    ['too few weights', callLoss(3, i(0, 2), i(0, 1), f(1))],
    [
      'an output that is too short',
      () => kernels.sparseSoftmaxGradient(f(3), 1, 3, i(0, 0), i(), undefined, f(2), f(1), f(2)),
    ],
    ['too few gradients', () => kernels.sparseSoftmaxGradient(f(3), 1, 3, i(0, 0), i(), undefined, f(2), f(0), f(3))],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
