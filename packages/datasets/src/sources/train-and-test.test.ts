import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { listPairs } from '../fixtures.js';
import { publishedSplit } from '../splits/published-split.js';
import { catchMessage } from '../temporary-folder.fixture.js';
import { rows } from './rows.js';
import { syntheticInteractions } from './synthetic-interactions.js';
import { trainAndTest } from './train-and-test.js';

const options = { rng: createRng(1) };
type Row = readonly [string | number, string | number, number?];
const read = (data: readonly Row[], rated = true) => rows(data, { user: 0, item: 1, ...(rated && { rating: 2 }) });

describe('trainAndTest', () => {
  it('joins both by original ids, and publishedSplit takes them apart again', async () => {
    const [train, test]: Row[][] = [
      [
        ['b', 3, 5],
        ['a', 9, 4],
        ['b', 9, 3],
      ],
      [
        ['a', 3, 2],
        ['b', 2 ** 40, 1],
      ],
    ];
    const joined = await trainAndTest(read(train!), read(test!)).load(options);
    expect(listPairs(joined)).toEqual([...train!, ...test!].map(([user, item]) => [user, item]));
    expect(joined.ratings).toEqual(Float32Array.of(5, 4, 3, 2, 1));
    expect(joined.parts).toEqual(Uint8Array.of(0, 0, 0, 1, 1));
    const parts = publishedSplit({ order: 'source' }).split(joined, options.rng);
    expect(listPairs(parts.train)).toEqual(train!.map(([user, item]) => [user, item]));
  });

  it('compares ids as texts where one of the two has texts', async () => {
    const { catalogue, users } = await trainAndTest(
      read([[7, 1, 1]]),
      read([
        ['7', 1, 1],
        ['x', 1, 1],
      ]),
    ).load(options);
    expect([catalogue.userIds, users]).toEqual([['7', 'x'], Int32Array.of(0, 0, 1)]);
  });

  it('leaves out what only one of the two has', async () => {
    const dataset = trainAndTest(read([[7, 1, 1]]), read([[8, 1]], false));
    expect([dataset.columns, dataset.name]).toEqual([
      { ratings: false, timestamps: false },
      'train-and-test(in-memory(rows), in-memory(rows))',
    ]);
    expect(await dataset.load(options)).not.toHaveProperty('ratings');
  });

  it('counts interactions without weights as 1 where the others have weights', async () => {
    const weighted = rows([{ user: 1, item: 2, weight: 3 }], { user: 'user', item: 'item', weight: 'weight' });
    const { weights } = await trainAndTest(weighted, read([[1, 3]], false)).load(options);
    expect(weights).toEqual(Float32Array.of(3, 1));
  });

  it('is drawn for each seed where one of the two is', () => {
    const drawn = syntheticInteractions({ users: 3, items: 5, interactions: 6 });
    const fixed = read([[7, 1, 1]]);
    expect([trainAndTest(drawn, fixed).drawn, trainAndTest(fixed, drawn).drawn]).toEqual([true, true]);
    expect(trainAndTest(fixed, fixed).drawn).toBe(false);
  });

  it('refuses titles and features', async () => {
    const titled = rows([{ user: 1, item: 2, title: 'A' }], { user: 'user', item: 'item', title: 'title' });
    expect(await catchMessage(trainAndTest(titled, titled).load(options))).toMatchInlineSnapshot(
      `"trainAndTest: expected datasets of interactions only, received titles or features. Leave them out."`,
    );
  });
});
