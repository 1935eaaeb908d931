import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { expectClose } from '@footlight/engine/testing';
import { expect, it } from 'vitest';
import type { Network } from '../types.js';
import { sizes } from './checkerboard.js';

/** Tests that a model that hides steps of windows hides real items and does not read them; other models pass. */
export function describeHiddenSteps(build: () => Network, time: number): void {
  it('hides items of a window, if any, and reads none that it hides', () => {
    const { hideSteps, encode } = build();
    if (!hideSteps) return;
    // A full window, and one of a single item.
    const mask = Float32Array.of(...new Array<number>(time).fill(1), ...new Array<number>(time - 1).fill(0), 1);
    const hidden = hideSteps(mask, time, createRng(5));
    expect(hideSteps(mask, time, createRng(5))).toEqual(hidden);
    expect(hidden.every((value, at) => value === 0 || (value === 1 && mask[at] === 1))).toBe(true);
    expect([hidden.subarray(0, time), hidden.subarray(time)].map((row) => row.includes(1))).toEqual([true, true]);
    const shape: [number, number] = [2, time];
    const read = (item: number) =>
      tf.tidy(() => {
        const items = Int32Array.from(hidden, (value, at) => (value === 1 ? item : at % sizes.itemCount));
        const { vectors } = encode({
          users: tf.tensor1d([0, 1], 'int32'),
          history: tf.tensor2d(items, shape, 'int32'),
          mask: tf.tensor2d(mask, shape),
          hiddenSteps: tf.tensor2d(hidden, shape),
        });
        expect(vectors.shape.slice(0, 2)).toEqual(shape);
        return vectors.dataSync();
      });
    expectClose(read(3), read(6));
  });
}
