import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { expect, it } from 'vitest';
import { learnedPositions } from './positions.js';

describeOnBackends('learnedPositions', () => {
  it('places real steps as it places padded ones, gradients too', () => {
    const layer = learnedPositions({ count: 7, dim: 2, rng: createRng(7) });
    const layout = { batch: 2, time: 3, offsets: Int32Array.of(0, 1, 4), positions: Int32Array.of(2, 3, 4, 5) };
    const padded = tf.reshape(tf.cos(tf.range(0, 12)), [2, 3, 2]) as tf.Tensor3D;
    const select = (steps: tf.Tensor) => tf.gather(tf.reshape(steps, [6, 2]), tf.tensor1d([2, 3, 4, 5], 'int32'));
    const weights = tf.reshape(tf.range(1, 9), [4, 2]);
    const differentiate = (place: () => tf.Tensor) => {
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(place(), weights)) as tf.Scalar);
      return [...value.dataSync(), ...Object.values(grads).flatMap((gradient) => [...gradient.dataSync()])];
    };
    const steps = select(padded) as tf.Tensor2D;
    expectClose(layer.applySteps(steps, layout).dataSync(), [...select(layer.apply(padded)).dataSync()]);
    expectClose(
      differentiate(() => layer.applySteps(steps, layout)),
      differentiate(() => select(layer.apply(padded))),
    );
    expect(() => layer.applySteps(steps, { ...layout, time: 8 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: learnedPositions(input): expected at most count=7 steps, received 8. Cut off the oldest steps.]`,
    );
    expect(() => layer.applySteps(tf.zeros([3, 2]), layout)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: learnedPositions(steps): expected shape [step=4, dim=2], received [3, 2].]`,
    );
  });
});
