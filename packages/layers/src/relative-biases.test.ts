import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { expect, it } from 'vitest';
import { pointwiseAttention } from './pointwise-attention.js';
import { relativePositions, relativeTimes } from './relative-biases.js';

const rng = () => createRng(7);

/** Gives parameters numbers that show their row and their head. */
const number = ({ parameters }: { parameters: object }) => {
  const { weight } = parameters as { weight: tf.Variable };
  const [rows, heads] = weight.shape as [number, number];
  const values = Float32Array.from({ length: rows * heads }, (_, at) => Math.floor(at / heads) + 100 * (at % heads));
  weight.assign(tf.tensor2d(values, [rows, heads]));
};

describeOnBackends('relativePositions', () => {
  it('has a number per distance and head', () => {
    const layer = relativePositions({ count: 5, heads: 2, rng: rng() });
    number(layer);
    const bias = layer.apply(3);
    expect(bias.shape).toEqual([1, 2, 3, 3]);
    expect([...bias.dataSync()]).toEqual([0, 0, 0, 1, 0, 0, 2, 1, 0, 100, 100, 100, 101, 100, 100, 102, 101, 100]);
  });

  it('has numbers for later steps too, if they are read', () => {
    const layer = relativePositions({ count: 3, causal: false, rng: rng() });
    number(layer); // rows are the distances −2 … 2
    expect([...layer.apply(3).dataSync()]).toEqual([2, 1, 0, 3, 2, 1, 4, 3, 2]);
  });

  it('refuses what it cannot do', () => {
    expect(() => relativePositions({ count: 3, rng: rng() }).apply(4)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: relativePositions(time): expected at most count=3 steps, received 4. Cut off the oldest steps.]`,
    );
    expect(() => relativePositions({ count: 3, rng: rng() }).apply(0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: relativePositions(time): expected a positive integer, received 0.]`,
    );
  });
});

describeOnBackends('relativeTimes', () => {
  it('has a number per bucket of the time between two steps, also of seconds since 1970', () => {
    const layer = relativeTimes({ buckets: 20, rng: rng() });
    number(layer);
    const start = 1_700_000_000;
    const bias = layer.apply([
      [start, start + 1, start + 60, start + 10 ** 9],
      [5, 5, 5, 5],
    ]);
    expect(bias.shape).toEqual([2, 1, 4, 4]);
    // ln 59 / 0.301 = 13.5, ln 60 / 0.301 = 13.6, ln 10⁹ / 0.301 = 68.8, which is beyond the last bucket
    const [none, minute, last] = [0, 13, 19];
    expect([...bias.dataSync().subarray(0, 16)]).toEqual([
      ...[none, none, minute, last],
      ...[none, none, minute, last],
      ...[minute, minute, none, last],
      ...[last, last, last, none],
    ]);
    expect([...bias.dataSync().subarray(16)]).toEqual(Array.from({ length: 16 }, () => 0));
  });

  it('has gradients of the buckets that are used', () => {
    const layer = relativeTimes({ buckets: 7, rng: rng() });
    const { weight } = layer.parameters as { weight: tf.Variable };
    const { grads } = tf.variableGrads(() => tf.sum(layer.apply([[0, 2, 1000]])), [weight]);
    // 2 and 998 to 1,000 seconds: the buckets 2 and 6, twice as many pairs; three steps and themselves
    expect([...grads[weight.name]!.dataSync()]).toEqual([3, 0, 2, 0, 0, 0, 4]);
  });

  it('refuses times that are none', () => {
    const { apply } = relativeTimes({ rng: rng() });
    expect(() => apply([])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: relativeTimes(times): expected at least one row of at least one time, received none.]`,
    );
    expect(() => apply([[1, 2], [1]])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: relativeTimes(times): expected 2 times per row, received 1 in row 1.]`,
    );
    expect(() => apply([[1, Number.NaN]])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: relativeTimes(times): expected finite seconds, received NaN in row 0, step 1.]`,
    );
  });
});

describeOnBackends('pointwiseAttention', () => {
  const ones = (time: number, width: number): tf.Tensor3D => tf.ones([1, time, width]);

  it('sums the values by hand', () => {
    // One head of one entry: silu(1 · 0 + 2) = 2 / (1 + e⁻²) = 1.7616 for the first source, silu(3 + 2) = 4.9665.
    const sums = pointwiseAttention({
      ...{ queries: ones(2, 1), keys: tf.tensor3d([0, 3], [1, 2, 1]), values: tf.tensor3d([10, 1], [1, 2, 1]) },
      ...{ bias: tf.fill([1, 1, 2, 2], 2) as tf.Tensor4D, heads: 1, divisor: 2 },
    });
    expectClose(sums.dataSync(), [(1.7615942 * 10) / 2, (1.7615942 * 10 + 4.9665357) / 2]);
  });

  it('reads later sources unless it is causal, and none under the mask', () => {
    const inputs = { queries: ones(3, 2), keys: ones(3, 2), heads: 1, divisor: 1 };
    const values = tf.tensor3d([1, 10, 100], [1, 3, 1]);
    const mask = tf.tensor2d([[1, 0, 1]]);
    const weight = 2 / (1 + Math.exp(-2));
    const read = (more: object) => pointwiseAttention({ ...inputs, values, ...more }).dataSync();
    expectClose(read({ mask }), [weight, weight, 101 * weight]);
    expectClose(read({ mask, causal: false }), Array(3).fill(101 * weight));
    expectClose(read({ causal: false }), Array(3).fill(111 * weight));
    expectClose(read({ mask: tf.zeros([1, 3]) }), [0, 0, 0]);
  });

  it('refuses shapes that disagree', () => {
    const inputs = { queries: ones(3, 4), keys: ones(3, 4), values: ones(3, 6), heads: 2, divisor: 3 };
    expect(() => pointwiseAttention({ ...inputs, heads: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pointwiseAttention(heads): expected a divisor of 4 and 6, received 4.]`,
    );
    expect(() => pointwiseAttention({ ...inputs, keys: ones(3, 5) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pointwiseAttention(keys): expected shape [batch=1, time=3, dim=4], received [1, 3, 5].]`,
    );
    expect(() => pointwiseAttention({ ...inputs, bias: tf.ones([2, 1, 3, 3]) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pointwiseAttention(bias): expected shape [batch=1 or 1, heads=2 or 1, time=3, source=3], received [2, 1, 3, 3].]`,
    );
    expect(() => pointwiseAttention({ ...inputs, divisor: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pointwiseAttention(divisor): expected a positive number, received 0.]`,
    );
  });
});
