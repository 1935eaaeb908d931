import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { concatenateInteractions } from '../concatenate-interactions.js';
import { createInteractions } from '../fixtures.js';
import type { Batch } from '../types.js';
import { windows } from '../windows.js';
import { basketBatches, toBaskets } from './basket-batches.js';
import { pairBatches } from './pair-batches.js';
import { sequenceBatches } from './sequence-batches.js';
import { subsequenceBatches } from './subsequence-batches.js';

const unweighted = createInteractions(Array.from({ length: 23 }, (_, row) => [row % 3, row]));
/** The weight of each interaction tells its item. */
const train = { ...unweighted, weights: Float32Array.from(unweighted.items, (item) => item / 2) };

const expectWeights = ({ targets, weights, mask, targetMask = mask }: Batch) =>
  expect(targets.every((item, at) => targetMask[at] === 0 || weights![at] === item / 2)).toBe(true);

describe('weights of interactions', () => {
  it.each([
    ['pairBatches', () => pairBatches(train, 5, createRng(1))],
    ['sequenceBatches', () => sequenceBatches(windows(train, { length: 5 }), 2, createRng(1))],
    [
      'sequenceBatches with the first target',
      () => sequenceBatches(windows(train, { length: 5, firstTarget: true }), 2, createRng(1)),
    ],
    ['subsequenceBatches', () => subsequenceBatches(windows(train, { length: 5 }), 2, createRng(1))],
  ])('stay with their targets in %s', (_, create) => [...create()].forEach(expectWeights));

  it('stay with their items in basketBatches', () => {
    for (const { items, weights } of basketBatches(toBaskets(train), 2, createRng(1)))
      expect(weights).toEqual(Float32Array.from(items, (item) => item / 2));
  });

  it('are joined where both parts have them', () => {
    expect(concatenateInteractions(train, train).weights).toEqual(Float32Array.of(...train.weights, ...train.weights));
    expect(() => concatenateInteractions(train, unweighted)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: concatenateInteractions: expected both interactions with the same columns, received weights of one of them. Add the column to both, or remove it.]`,
    );
  });

  it('are absent from batches where the interactions have none', () => {
    const batches = [
      pairBatches(unweighted, 5, createRng(1)),
      sequenceBatches(windows(unweighted, { length: 5 }), 2, createRng(1)),
    ];
    for (const [batch] of batches) expect(batch).not.toHaveProperty('weights');
  });
});
