import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import type { Negatives } from '../types.js';
import { inBatchNegatives } from './in-batch-negatives.js';
import { popularNegatives } from './popular-negatives.js';
import { uniformNegatives } from './uniform-negatives.js';

// Item 0 is chosen four times, 1 three times, 2 once, 3 and 4 never. User 0 has seen 0 and 1, user 1 0, 1 and 2.
const train = createInteractions(
  [...[0, 0, 1, 1].map((item) => [0, item] as const), ...[0, 0, 1, 2].map((item) => [1, item] as const)],
  { userCount: 2, itemCount: 5 },
);
const users = Int32Array.of(0, 0, 1);
const positives = Int32Array.of(1, 0, 1);
const share = (negatives: Negatives, seed = 1) => {
  const sampler = negatives.prepare(train);
  return { ...sampler, items: sampler.sampleShared!(users, positives, createRng(seed)) };
};

describe('inBatchNegatives', () => {
  it('has the positives of the batch, of which a query rejects its own item wherever it occurs', () => {
    const { items, rejects } = share(inBatchNegatives());
    expect([...items]).toEqual([1, 0, 1]);
    expect([...items].map((item) => rejects!(0, 1, item))).toEqual([true, false, true]);
    expect([...items].map((item) => rejects!(0, 0, item))).toEqual([false, true, false]);
  });

  it('rejects all items of the user if asked to', () => {
    const { rejects } = share(inBatchNegatives({ reject: 'seen' }));
    expect([0, 1, 2, 3].map((item) => rejects!(0, 3, item))).toEqual([true, true, false, false]);
    expect([0, 1, 2, 3].map((item) => rejects!(1, 3, item))).toEqual([true, true, true, false]);
  });

  it('draws extra negatives by popularity, the same for a seed', () => {
    const extra = (exponent: number) => share(inBatchNegatives({ extra: 8000, exponent })).items.subarray(3);
    const shares = (exponent: number) =>
      [0, 1, 2, 3, 4].map((item) => extra(exponent).filter((drawn) => drawn === item).length / 8000);
    for (const [at, expected] of [4 / 8, 3 / 8, 1 / 8, 0, 0].entries()) expect(shares(1)[at]).toBeCloseTo(expected, 1);
    for (const [at, expected] of [1 / 3, 1 / 3, 1 / 3, 0, 0].entries()) expect(shares(0)[at]).toBeCloseTo(expected, 1);
    expect(extra(1)).toEqual(extra(1));
  });

  it('states the mean probability of the positives of a batch and the extra negatives', () => {
    const sampler = inBatchNegatives({ extra: 1, exponent: 0 }).prepare(train);
    const logs = sampler.logProbabilities!(Int32Array.of(0), Int32Array.of(1), Int32Array.of(0, 1, 2, 3));
    // Three of four are positives of the batch: 0 with probability 1/2, 1 with 3/8, 2 with 1/8; one is drawn evenly.
    const expected = [3 / 2 + 1 / 3, 9 / 8 + 1 / 3, 3 / 8 + 1 / 3].map((sum) => Math.log(sum / 4));
    for (const [at, log] of expected.entries()) expect(logs[at]).toBeCloseTo(log, 6);
    expect(logs[3]).toBe(-Infinity);
  });

  it('has its options in its name, and refuses others', () => {
    expect(inBatchNegatives().name).toBe('in-batch');
    expect(inBatchNegatives({ extra: 5, reject: 'seen' }).name).toBe('in-batch(extra 5, exponent 0.75, reject seen)');
    expect(() => inBatchNegatives({ reject: 'nothing' as 'seen' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: inBatchNegatives(reject): expected 'positive' or 'seen', received the text 'nothing'.]`,
    );
  });
});

describe('negatives per batch', () => {
  it('are drawn once for all queries, and repeated by sample', () => {
    for (const negatives of [
      uniformNegatives({ count: 7, per: 'batch' }),
      popularNegatives({ count: 7, per: 'batch' }),
    ]) {
      const { items, sample } = share(negatives);
      expect(items).toHaveLength(7);
      expect([...sample(users, positives, createRng(1))]).toEqual([...items, ...items, ...items]);
    }
  });

  it('are rejected by each query for itself', () => {
    const { rejects } = share(uniformNegatives({ count: 7, per: 'batch' }));
    expect([rejects!(0, 3, 3), rejects!(0, 3, 0)]).toEqual([true, false]);
    const seen = share(popularNegatives({ count: 7, per: 'batch', reject: 'seen' }));
    expect([seen.rejects!(0, 3, 3), seen.rejects!(0, 3, 0)]).toEqual([false, true]);
    const any = share(uniformNegatives({ count: 7, per: 'batch', reject: 'nothing' }));
    expect(any.rejects!(0, 3, 3)).toBe(false);
  });

  it('state the probabilities of draws without rejections', () => {
    const logs = (negatives: Negatives) => [
      ...negatives.prepare(train).logProbabilities!(users, positives, Int32Array.of(0, 2, 0, 2, 0, 2)),
    ];
    for (const log of logs(uniformNegatives({ count: 2, per: 'batch' }))) expect(log).toBeCloseTo(-Math.log(5), 6);
    logs(popularNegatives({ count: 2, exponent: 1, per: 'batch' })).forEach((log, at) => {
      expect(log).toBeCloseTo(Math.log(at % 2 === 0 ? 4 / 8 : 1 / 8), 6);
    });
  });

  it('are named, and other options refused', () => {
    expect(uniformNegatives({ count: 7, per: 'batch' }).name).toBe('uniform(7 per batch)');
    expect(popularNegatives({ count: 7, per: 'batch' }).name).toBe('popular(7 per batch, exponent 0.75)');
    expect(() => uniformNegatives({ count: 7, per: 'step' as 'batch' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: uniformNegatives(per): expected 'query' or 'batch', received the text 'step'.]`,
    );
  });
});
