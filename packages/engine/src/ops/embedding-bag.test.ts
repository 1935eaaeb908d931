import { expect, it } from 'vitest';
import { addRows } from '../gradient.js';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';
import { valueAndGradients } from '../value-and-gradients.js';
import { embeddingBag } from './embedding-bag.js';

describeOnBackends('embeddingBag', () => {
  const bags = {
    offsets: Int32Array.of(0, 3, 3, 5),
    ids: Int32Array.of(1, 4, 1, 0, 4),
    weights: Float32Array.of(1, 0.5, 2, -1, 3),
  };
  const createVariable = (values: ArrayLike<number>, dim: number) =>
    tf.tidy(() => tf.variable(tf.tensor2d(Float32Array.from(values), [values.length / dim, dim])));

  it('sums weighted rows; the sum of an empty bag is 0', () => {
    const table = createVariable([1, 10, 2, 20, 3, 30, 4, 40, 5, 50], 2);
    // 2 + 0.5 · 5 + 2 · 2; nothing; −1 + 3 · 5
    expect([...tf.tidy(() => embeddingBag(table, bags).dataSync())]).toEqual([8.5, 85, 0, 0, 14, 140]);
    const { weights: _, ...plain } = bags;
    expect([...tf.tidy(() => embeddingBag(table, plain).dataSync())]).toEqual([9, 90, 0, 0, 6, 60]);
    table.dispose();
  });

  for (const dim of [2, 131])
    it(`has the same value inside a step, and a gradient of rows, that of the equation, dim ${dim}`, () => {
      const values = Float32Array.from({ length: 5 * dim }, (_, at) => Math.sin(at));
      const weights = Float32Array.from({ length: 3 * dim }, (_, at) => Math.cos(at * 0.7));
      const table = createVariable(values, dim);
      const loss = () => tf.sum(tf.mul(embeddingBag(table, bags), tf.tensor2d(weights, [3, dim]))) as tf.Scalar;
      const { value, gradients } = valueAndGradients(loss, new Map([['table', table]]));
      expectClose(
        value.dataSync(),
        tf.tidy(() => loss().dataSync()),
        1e-4,
      );
      value.dispose();
      const gradient = gradients.get('table')!;
      const dense = new Float32Array(5 * dim);
      if (gradient.kind !== 'rows') return expect.fail('expected rows');
      addRows(dense, gradient, dim);
      const expected = new Float32Array(5 * dim); // each entry adds the weights of its bag's sum, times its own
      for (const [entry, bag] of [0, 0, 0, 2, 2].entries())
        for (let d = 0; d < dim; d++)
          expected[bags.ids[entry]! * dim + d]! += bags.weights[entry]! * weights[bag * dim + d]!;
      expectClose(dense, expected, 1e-6);
      expect(dense.subarray(2 * dim, 4 * dim).every((entry) => entry === 0)).toBe(true); // no bag contains rows 2 and 3
      table.dispose();
    });

  it('has a gradient outside of valueAndGradients', () => {
    const table = createVariable([1, 2, 3, 4, 5], 1);
    const gradient = tf.tidy(() => {
      const { grads } = tf.variableGrads(() => tf.sum(embeddingBag(table, bags)) as tf.Scalar, [table]);
      return [...Object.values(grads)[0]!.dataSync()];
    });
    expect(gradient).toEqual([-1, 3, 0, 0, 3.5]);
    table.dispose();
  });

  it('accepts bags without entries, and no bags', () => {
    const table = createVariable([1, 2, 3], 1);
    expect(
      tf.tidy(() => embeddingBag(table, { offsets: Int32Array.of(0, 0, 0), ids: Int32Array.of() }).dataSync()),
    ).toEqual(Float32Array.of(0, 0));
    expect(tf.tidy(() => embeddingBag(table, { offsets: Int32Array.of(0), ids: Int32Array.of() }).shape)).toEqual([
      0, 1,
    ]);
    table.dispose();
  });

  it('refuses ids out of range, offsets that do not ascend and too few weights', () => {
    const table = createVariable([1, 2, 3], 1);
    expect(() =>
      embeddingBag(table, { offsets: Int32Array.of(0, 2), ids: Int32Array.of(0, 3) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: embeddingBag(bags.ids): expected ids from 0 to 2, received 3 at position 1.]`,
    );
    expect(() =>
      embeddingBag(table, { offsets: Int32Array.of(0, 2), ids: Int32Array.of(0, -1) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: embeddingBag(bags.ids): expected ids from 0 to 2, received -1 at position 1.]`,
    );
    expect(() =>
      embeddingBag(table, { offsets: Int32Array.of(0, 2, 1), ids: Int32Array.of(0) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: embeddingBag(bags.offsets): expected 0, then ascending to the 1 entries, received [0, 2, 1].]`,
    );
    expect(() =>
      embeddingBag(table, { offsets: Int32Array.of(0, 1), ids: Int32Array.of(0), weights: Float32Array.of() }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: embeddingBag(bags.weights): expected 1 numbers, one per entry, received 0.]`,
    );
    table.dispose();
  });
});
