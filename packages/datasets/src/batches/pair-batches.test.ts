import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { pairBatches } from './pair-batches.js';

const train = createInteractions(Array.from({ length: 11 }, (_, row) => [row % 3, row, row, row / 2]));

describe('pairBatches', () => {
  it('contains every interaction once, with its rating, and has a smaller last batch', () => {
    const batches = [...pairBatches(train, 4, createRng(1))];
    expect(batches.map(({ targets }) => targets.length)).toEqual([4, 4, 3]);
    const seen = batches.flatMap(({ users, targets, ratings }) =>
      Array.from(targets, (item, at) => [users[at]!, item, ratings![at]!]),
    );
    expect(seen.sort(([, one], [, other]) => one! - other!)).toEqual(
      Array.from({ length: 11 }, (_, row) => [row % 3, row, row / 2]),
    );
  });

  it('has one step without history and without padding', () => {
    const [batch] = pairBatches(train, 2, createRng(1));
    expect(batch).toMatchObject({ time: 1, history: Int32Array.of(0, 0), mask: Float32Array.of(1, 1) });
  });

  it('has no ratings if the interactions have none', () => {
    const { ratings: _, ...unrated } = train;
    expect([...pairBatches(unrated, 20, createRng(1))][0]).not.toHaveProperty('ratings');
  });

  it('can be resumed at any step', () => {
    const whole = [...pairBatches(train, 2, createRng('epoch'))];
    for (const start of [0, 1, 5, 6, 7])
      expect([...pairBatches(train, 2, createRng('epoch'), start)]).toEqual(whole.slice(start));
  });

  it('shuffles differently with another rng', () => {
    const items = (seed: number) => [...pairBatches(train, 11, createRng(seed))][0]!.targets;
    expect(items(1)).not.toEqual(items(2));
  });

  it('throws for a size that is no positive integer', () => {
    expect(() => [...pairBatches(train, 0, createRng(1))]).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: pairBatches(size): expected a positive integer, received 0.]`,
    );
  });
});
