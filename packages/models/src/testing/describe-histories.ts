import { tf } from '@footlight/engine';
import { disposeParameters, type Parameters } from '@footlight/layers';
import { expect, it } from 'vitest';
import type { ReadsAndHistories } from '../types.js';
import { sizes } from './checkerboard.js';

/** Tests that a model of user ids scores a history by itself, or refuses it in a sentence. */
export function describeHistories(create: () => ReadsAndHistories & { readonly parameters: Parameters }): void {
  it('scores the history of a new user, or says why it cannot', () => {
    const model = create();
    if (model.reads !== 'user') return expect(model.histories).toBeUndefined();
    const { histories } = model;
    if (histories.refusal !== undefined) return expect(histories.refusal).toMatch(/^[a-z].*[^.]$/);
    const before = tf.memory().numTensors;
    for (const items of [[], [0], [2, 0, 2]]) {
      const scores = histories.score(Int32Array.from(items));
      expect(scores.shape).toEqual([1, sizes.itemCount]);
      expect([...scores.dataSync()].every(Number.isFinite)).toBe(true);
      scores.dispose();
    }
    const rated = histories.scoreRated?.({
      items: Int32Array.of(2, 0),
      ratings: Float32Array.of(5, 1),
      training: { score: 3, variance: 1 },
      link: (scores) => scores,
    });
    if (rated) expect([...rated.dataSync()].every(Number.isFinite)).toBe(true);
    rated?.dispose();
    expect(tf.memory().numTensors).toBe(before);
    disposeParameters(model.parameters);
  });
}
