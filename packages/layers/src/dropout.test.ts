import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { dropout } from './dropout.js';
import { describeLayer } from './testing/describe-layer.js';

describeLayer('dropout', {
  create: () => dropout({ rate: 0.5 }),
  input: () =>
    tf.tensor2d([
      [1, -2, 3],
      [4, 5, -6],
    ]),
});

describe('dropout', () => {
  it('sets the given share of numbers to zero and scales up the others', () => {
    const values = dropout({ rate: 0.2 })
      .apply(tf.ones([101, 97]), { rng: createRng(1) })
      .dataSync();
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1.25)])); // 1 / (1 − 0.2)
    const dropped = values.filter((value) => value === 0).length / values.length;
    expect(Math.abs(dropped - 0.2)).toBeLessThan(0.017); // 4 √(0.2 · 0.8 / 9797)
  });

  it('draws a new mask at each call', () => {
    const rng = createRng(1);
    const layer = dropout({ rate: 0.5 });
    const masks = [1, 2].map(() => [...layer.apply(tf.ones([31]), { rng }).dataSync()]);
    expect(masks[0]).not.toEqual(masks[1]);
  });

  it('returns its input for predictions, and draws no number at rate 0', () => {
    expect([
      ...dropout({ rate: 0.5 })
        .apply(tf.tensor1d([1, 2]))
        .dataSync(),
    ]).toEqual([1, 2]);
    const rng = createRng(1);
    const before = rng.snapshot();
    expect([
      ...dropout({ rate: 0 })
        .apply(tf.tensor1d([1, 2]), { rng })
        .dataSync(),
    ]).toEqual([1, 2]);
    expect(rng.snapshot()).toBe(before);
  });

  it('rejects a rate of 1 and a rate that is not a number', () => {
    expect(() => dropout({ rate: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: dropout(rate): expected a number in [0, 1), received 1.]`,
    );
    expect(() => dropout({ rate: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: dropout(rate): expected a number in [0, 1), received NaN.]`,
    );
  });
});
