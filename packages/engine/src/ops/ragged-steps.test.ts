import { expect, it } from 'vitest';
import { holdsTensorsElsewhere } from '../memory.js';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { tf } from '../tfjs/tfjs.js';
import { findRealSteps, gatherSteps, type RaggedLayout, scatterSteps } from './ragged-steps.js';

const mask = () => tf.tensor2d([0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1], [3, 4]);
const layout: RaggedLayout = {
  ...{ batch: 3, time: 4 },
  offsets: Int32Array.of(0, 2, 2, 5),
  positions: Int32Array.of(2, 3, 8, 10, 11),
};

describeOnBackends('findRealSteps', () => {
  it('lists the steps of each sequence, wherever padding is', () => {
    expect(findRealSteps(mask())).toEqual(holdsTensorsElsewhere() ? undefined : layout);
  });

  it('takes a boolean mask', () => {
    expect(findRealSteps(mask().asType('bool'))).toEqual(holdsTensorsElsewhere() ? undefined : layout);
  });
});

describeOnBackends('gatherSteps and scatterSteps', () => {
  it('are inverse to each other, with zeros for padding', () => {
    const padded = tf.reshape(tf.range(0, 24), [3, 4, 2]) as tf.Tensor3D;
    const steps = gatherSteps(padded, layout);
    expect(steps.arraySync()).toEqual([4, 6, 16, 20, 22].map((first) => [first, first + 1]));
    const expected = tf.mul(padded, tf.expandDims(mask(), 2));
    expect(scatterSteps(steps, layout).arraySync()).toEqual(expected.arraySync());
  });

  it('have each other as gradients', () => {
    const weights = tf.reshape(tf.range(1, 11), [5, 2]);
    const gathered = tf.grad((x) => tf.sum(tf.mul(gatherSteps(x as tf.Tensor3D, layout), weights)))(tf.ones([3, 4, 2]));
    expect(gathered.arraySync()).toEqual(scatterSteps(weights as tf.Tensor2D, layout).arraySync());
    const all = tf.reshape(tf.range(0, 24), [3, 4, 2]);
    const scattered = tf.grad((x) => tf.sum(tf.mul(scatterSteps(x as tf.Tensor2D, layout), all)))(tf.ones([5, 2]));
    expect(scattered.arraySync()).toEqual(gatherSteps(all as tf.Tensor3D, layout).arraySync());
  });

  it('do not read what lies under the mask', () => {
    const second = { batch: 1, time: 2, offsets: Int32Array.of(0, 1), positions: Int32Array.of(1) };
    expect(gatherSteps(tf.tensor3d([Number.NaN, 3], [1, 2, 1]), second).arraySync()).toEqual([[3]]);
  });

  it('take batches without padding and batches of nothing else', () => {
    const padded = tf.reshape(tf.range(0, 6), [1, 3, 2]) as tf.Tensor3D;
    const full = { batch: 1, time: 3, offsets: Int32Array.of(0, 3), positions: Int32Array.of(0, 1, 2) };
    const empty = { batch: 1, time: 3, offsets: new Int32Array(2), positions: new Int32Array() };
    expect(scatterSteps(gatherSteps(padded, full), full).arraySync()).toEqual(padded.arraySync());
    expect(gatherSteps(padded, empty).shape).toEqual([0, 2]);
    expect(scatterSteps(gatherSteps(padded, empty), empty).arraySync()).toEqual(tf.zeros([1, 3, 2]).arraySync());
  });

  it('refuse shapes of another layout', () => {
    expect(() => gatherSteps(tf.ones([3, 5, 2]), layout)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gatherSteps(padded): expected shape [batch=3, time=4, dim], received [3, 5, 2].]`,
    );
    expect(() => scatterSteps(tf.ones([4, 2]), layout)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: scatterSteps(steps): expected shape [step=5, dim], received [4, 2].]`,
    );
  });
});
