import { describe, expect, it } from 'vitest';
import { kCore } from '../filters/k-core.js';
import { numpyNegatives } from '../negatives/numpy-negatives.js';
import { uniformNegatives } from '../negatives/uniform-negatives.js';
import { reindex } from '../reindex.js';
import { selectRows } from '../select-rows.js';
import { atRandom } from '../splits/at-random.js';
import { leaveLastOut } from '../splits/leave-last-out.js';
import type { Filter, Interactions, NegativeSampler, Negatives, Split } from '../types.js';
import { filterPromises } from './describe-filter.js';
import { negativesPromises } from './describe-negatives.js';
import type { Promised } from './describe-promises.js';
import { splitPromises } from './describe-split.js';

/** The promises that a broken component does not keep. */
function broken(promises: readonly Promised[]): string[] {
  return promises.filter(([, check]) => throws(check)).map(([sentence]) => sentence);
}

function throws(check: () => void): boolean {
  try {
    check();
    return false;
  } catch {
    return true;
  }
}

const described = { name: 'mutant', protocol: {} };
const withSplit = (change: (splits: ReturnType<Split['split']>) => ReturnType<Split['split']>): Split => ({
  ...described,
  split: (all, rng) => change(leaveLastOut().split(all, rng)),
});
const withFilter = (apply: (kept: Interactions) => Interactions): Filter => ({
  ...described,
  apply: (all) => apply(kCore({ minimum: 5 }).apply(all)),
});
const reversed = (all: Interactions) =>
  selectRows(
    all,
    Int32Array.from(all.users, (_, row) => all.users.length - 1 - row),
  );

describe('the promises of splits', () => {
  it('notice a row that is trained on and tested', () =>
    expect(broken(splitPromises(withSplit((splits) => ({ ...splits, train: splits.test.history }))))).toEqual([
      'is a partition: trains on, validates and tests different interactions',
    ]));

  it('notice targets that are shown', () =>
    expect(
      broken(
        splitPromises(withSplit((splits) => ({ ...splits, test: { ...splits.test, history: splits.test.targets } }))),
      ),
    ).toEqual(['shows nothing that it asks for']));

  it('notice rows that get lost', () =>
    expect(
      broken(
        splitPromises(
          withSplit(({ train, test }) => ({
            train,
            test: { history: train, targets: selectRows(test.targets, Int32Array.of(0)) },
          })),
        ),
      ),
    ).toEqual(['uses every interaction']));

  it('notice the future in train', () =>
    expect(broken(splitPromises(atRandom({ test: 0.2 }), { order: 'user' }))).toEqual(['has no future in train']));

  it('notice a catalogue of its own for a part', () =>
    expect(
      broken(
        splitPromises(
          withSplit((splits) => ({ ...splits, train: { ...splits.train, catalogue: { ...splits.train.catalogue } } })),
        ),
      ),
    ).toEqual(['shares one catalogue among all parts']));

  it('notice columns that no longer belong together', () =>
    expect(
      broken(
        splitPromises(
          withSplit((splits) => ({ ...splits, train: { ...splits.train, items: reversed(splits.train).items } })),
        ),
      ),
    ).toEqual(['changes nothing in any interaction: ids, titles, features, ratings, times']));
});

describe('the promises of filters', () => {
  it('notice another order', () =>
    expect(broken(filterPromises(withFilter(reversed)))).toEqual(['keeps the order of the source']));

  it('notice gaps in the ids', () =>
    expect(broken(filterPromises({ ...described, apply: (all) => selectRows(all, Int32Array.of(0, 1, 2)) }))).toEqual([
      'numbers users and items densely: every id occurs',
    ]));

  it('notice rows that come twice', () =>
    expect(
      broken(
        filterPromises(
          withFilter((kept) =>
            selectRows(
              kept,
              kept.users.map((_, row) => Math.max(row, 1)),
            ),
          ),
        ),
      ),
    ).toEqual(['keeps a row once']));

  it('notice features of somebody else', () =>
    expect(
      broken(
        filterPromises(
          withFilter((kept) => {
            const { itemFeatures } = kept.catalogue;
            const turned = { ...itemFeatures!, ids: itemFeatures!.ids.slice().reverse() };
            return { ...kept, catalogue: { ...kept.catalogue, itemFeatures: turned } };
          }),
        ),
      ),
    ).toEqual(['changes nothing in what it keeps: ids, titles, features, ratings, times']));

  it('notice a catalogue that is not whole', () =>
    expect(broken(filterPromises(withFilter(reversed), { order: 'own', catalogue: 'whole' }))).toEqual([
      'keeps all users and items',
    ]));

  it('notice a change of the input', () =>
    expect(
      broken(
        filterPromises({
          ...described,
          apply(all) {
            const kept = reindex(selectRows(all, Int32Array.of(0, 1, 2)));
            all.users[3] = 1;
            return kept;
          },
        }),
      ),
    ).toEqual(['leaves its input as it was']));
});

describe('the promises of negatives', () => {
  const mutant = (sampler: Partial<ReturnType<Negatives['prepare']>>): Negatives => {
    const sound = uniformNegatives({ count: 3, reject: 'seen' });
    return { ...sound, prepare: (train) => ({ ...sound.prepare(train), ...sampler }) };
  };

  it('notice negatives of the wrong user', () => {
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
    expect(broken(negativesPromises(shifted, { rejects: 'seen' }))).toEqual([
      'never draws the positive',
      'never draws what the user did in train',
    ]);
  });

  it('notice a sampler that forgets the seed', () => {
    const constant = mutant({ sample: (_, positives) => new Int32Array(3 * positives.length).fill(7) }); // nobody has item 7
    expect(broken(negativesPromises(constant, { rejects: 'seen' }))).toEqual([
      'draws others from another seed',
      'goes on where it stopped: the same sampler draws others the next time',
    ]);
  });

  describe('drawn by place', () => {
    const sound = numpyNegatives({ count: 3 });
    const mutant = (change: (sampler: NegativeSampler) => NegativeSampler['sample']): Negatives => ({
      ...sound,
      prepare: (train) => ({ sample: change(sound.prepare(train)) }),
    });
    const brokenBy = (change: Parameters<typeof mutant>[0]) =>
      broken(negativesPromises(mutant(change), { drawnBy: 'place' }));

    it('notice a sampler that forgets the epoch', () =>
      expect(
        brokenBy(
          ({ sample }) =>
            (users, items, rng, place) =>
              sample(users, items, rng, place && { ...place, epoch: 3 }),
        ),
      ).toEqual(['draws others in another epoch']));

    it('notice a sampler that counts queries instead of interactions', () =>
      expect(
        brokenBy(
          ({ sample }) =>
            (users, items, rng, place) =>
              sample(users, items, rng, place?.rows && { ...place, rows: Int32Array.from(users.keys()) }),
        ),
      ).toEqual(['draws the same for an interaction whatever batch it is in']));

    it('notice a sampler that goes on from what it drew before', () => {
      let before = 0;
      expect(
        brokenBy(({ sample }) => {
          before = 0;
          return (users, items, rng, place) =>
            sample(users, items, rng, place && { ...place, epoch: place.epoch + before++ });
        }),
      ).toEqual(['draws the same in an epoch whatever was drawn before, so that runs can be resumed']);
    });

    it('notice one that follows the seed', () =>
      expect(broken(negativesPromises(uniformNegatives({ count: 3 }), { drawnBy: 'place' }))).toEqual([
        'draws the same again in the same epoch, from any seed',
        'draws others in another epoch',
        'draws the same for an interaction whatever batch it is in',
        'refuses to draw for queries that are no interactions',
      ]));
  });
});
