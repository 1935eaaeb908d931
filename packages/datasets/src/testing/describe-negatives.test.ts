import { describe, expect, it } from 'vitest';
import { numpyNegatives } from '../negatives/numpy-negatives.js';
import { uniformNegatives } from '../negatives/uniform-negatives.js';
import type { NegativeSampler, Negatives } from '../types.js';
import { listBroken } from './broken.fixture.js';
import { createNegativesPromises } from './describe-negatives.js';

describe('createNegativesPromises', () => {
  const mutant = (sampler: Partial<ReturnType<Negatives['prepare']>>): Negatives => {
    const sound = uniformNegatives({ count: 3, reject: 'seen' });
    return { ...sound, prepare: (train) => ({ ...sound.prepare(train), ...sampler }) };
  };

  it('detects negatives of another user', () => {
    const sound = uniformNegatives({ count: 3, reject: 'seen' });
    const shifted: Negatives = {
      ...sound,
      prepare(train) {
        const sampler = sound.prepare(train);
        return {
          sample: (users, positives, rng) =>
            sampler.sample(
              users.map((_, at) => users[(at + 1) % users.length]!),
              positives,
              rng,
            ),
        };
      },
    };
    expect(listBroken(createNegativesPromises(shifted, { rejects: 'seen' }))).toEqual([
      'never samples the positive',
      'never samples an item that the user has in train',
    ]);
  });

  it('detects a sampler that follows the order of rows', () => {
    const sound = uniformNegatives({ count: 3 });
    const first: Negatives = {
      ...sound,
      prepare(train) {
        const sampler = sound.prepare(train);
        return {
          sample: (users, positives, rng) =>
            sampler.sample(users, positives, rng).map((item, at) => (at % 7 ? item : train.items[at]!)),
        };
      },
    };
    expect(listBroken(createNegativesPromises(first))).toEqual([
      'samples the same negatives when the rows of train are shuffled',
    ]);
  });

  it('detects a sampler that ignores the seed', () => {
    // Item 7 does not occur
    const constant = mutant({ sample: (_, positives) => new Int32Array(3 * positives.length).fill(7) });
    expect(listBroken(createNegativesPromises(constant, { rejects: 'seen' }))).toEqual([
      'samples other negatives from another seed',
      'advances the random numbers: the next call samples other negatives',
      'samples items as often as the probabilities say',
    ]);
  });

  describe('drawn by context', () => {
    const sound = numpyNegatives({ count: 3 });
    const mutant = (change: (sampler: NegativeSampler) => NegativeSampler['sample']): Negatives => ({
      ...sound,
      prepare: (train) => ({ sample: change(sound.prepare(train)) }),
    });
    const listBrokenBy = (change: Parameters<typeof mutant>[0]) =>
      listBroken(createNegativesPromises(mutant(change), { drawnBy: 'context' }));

    it('detects a sampler that ignores the epoch', () =>
      expect(
        listBrokenBy(
          ({ sample }) =>
            (users, items, rng, context) =>
              sample(users, items, rng, context && { ...context, epoch: 3 }),
        ),
      ).toEqual(['samples other negatives in another epoch']));

    it('detects a sampler that counts queries instead of interactions', () =>
      expect(
        listBrokenBy(
          ({ sample }) =>
            (users, items, rng, context) =>
              sample(users, items, rng, context?.rows && { ...context, rows: Int32Array.from(users.keys()) }),
        ),
      ).toEqual([
        'samples the same negatives for an interaction in every batch',
        'samples the same negatives when the rows of train are shuffled',
      ]));

    it('detects a sampler that depends on earlier calls', () => {
      let calls = 0;
      expect(
        listBrokenBy(({ sample }) => {
          calls = 0;
          return (users, items, rng, context) =>
            sample(users, items, rng, context && { ...context, epoch: context.epoch + calls++ });
        }),
      ).toEqual(['does not depend on earlier calls, so that runs can be resumed']);
    });

    it('detects a sampler that depends on the seed', () =>
      expect(listBroken(createNegativesPromises(uniformNegatives({ count: 3 }), { drawnBy: 'context' }))).toEqual([
        'samples the same negatives in the same epoch, from any seed',
        'samples other negatives in another epoch',
        'samples the same negatives for an interaction in every batch',
        'throws for queries that are not interactions',
      ]));
  });
});
