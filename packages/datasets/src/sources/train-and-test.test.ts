import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { listPairs } from '../fixtures.js';
import { byTime } from '../splits/by-time.js';
import { publishedSplit } from '../splits/published-split.js';
import { catchMessage, createTemporaryFolder } from '../temporary-folder.fixture.js';
import { interactionLists } from './interaction-lists.js';
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

  it('refuses ratings or times that only one of the two has', () => {
    expect(() => trainAndTest(read([[7, 1, 1]]), read([[8, 1]], false))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: trainAndTest: expected ratings in both data sets or in neither, received ratings in the training data only. Name the column of both, or leave it out in both.]`,
    );
    const timed = rows([{ user: 1, item: 2, time: 3 }], { user: 'user', item: 'item', time: 'time', times: 'seconds' });
    expect(() => trainAndTest(read([[7, 1]], false), timed)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: trainAndTest: expected timestamps in both data sets or in neither, received timestamps in the test data only. Name the column of both, or leave it out in both.]`,
    );
    expect(trainAndTest(timed, timed).columns).toEqual({ ratings: false, timestamps: true });
  });

  it('counts positions in lists on, so that the test comes after the training interactions', async () => {
    const folder = createTemporaryFolder({ 'train.txt': '1 10 11 12\n2 10\n', 'test.txt': '3 10 12\n1 9 8\n' });
    const read = (name: string) => interactionLists({ path: join(folder, name), order: 'time' });
    const train = read('train.txt');
    const joined = await trainAndTest(train, read('test.txt')).load(options);
    // user 1: positions 0, 1, 2 in train, 3 and 4 in test
    expect(listPairs(joined)).toEqual([
      ...[10, 11, 12].map((item) => [1, item]),
      [2, 10],
      [3, 10],
      [3, 12],
      [1, 9],
      [1, 8],
    ]);
    expect([...joined.timestamps!]).toEqual([0, 1, 2, 0, 0, 1, 3, 4]);
    expect(() => byTime({ test: 0.5 }).split(joined, options.rng)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: byTime: expected times, received positions in the histories of users. Try leaveLastOut().]`,
    );
    const timed = rows([{ user: 1, item: 2, time: 3 }], { user: 'user', item: 'item', time: 'time', times: 'seconds' });
    expect(await catchMessage(trainAndTest(train, timed).load(options))).toMatchInlineSnapshot(
      `"trainAndTest: expected times of one kind, received positions in lists and times. Read both in the same way."`,
    );
  });

  it('counts interactions without weights as 1 where the others have weights', async () => {
    const weighted = rows([{ user: 1, item: 2, weight: 3 }], { user: 'user', item: 'item', weight: 'weight' });
    const { weights } = await trainAndTest(weighted, read([[1, 3]], false)).load(options);
    expect(weights).toEqual(Float32Array.of(3, 1));
  });

  it('is drawn for each seed where one of the two is', () => {
    const drawn = syntheticInteractions({ users: 3, items: 5, interactions: 6 });
    const row = { user: 7, item: 1, rating: 1, time: 0 };
    const fixed = rows([row], { user: 'user', item: 'item', rating: 'rating', time: 'time' });
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
