import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { catchMessage, loadFrom } from '../temporary-folder.fixture.js';
import type { Interactions } from '../types.js';
import { load, loadMessage, names } from './table.fixture.js';
import { type TableOptions, table } from './table.js';

// The files in fixtures/parquet were written by pyarrow 25; `null-user`, `nan-rating` and the like have several row
// groups, and the fault in the last one.

const locate = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/parquet/${name}.parquet`, import.meta.url));

const read = (name: string, options: Partial<TableOptions> = {}): Promise<Interactions> =>
  table({ path: locate(name), ...names, ...options }).load(loadFrom(''));

const message = (name: string, options: Partial<TableOptions> = {}): Promise<string> =>
  catchMessage(read(name, options));

const rejections: unknown[] = [];
const remember = (reason: unknown): void => void rejections.push(reason);
process.on('unhandledRejection', remember);
afterAll(async () => {
  await new Promise((resolve) => setTimeout(resolve, 20)); // rejections are reported after the promises
  process.off('unhandledRejection', remember);
  expect(rejections).toEqual([]);
});

describe('table, Parquet values that do not fit', () => {
  it.each([
    ['null-user', 'row 4, column user', 'an id, received null'],
    ['nan-rating', 'row 3, column stars', 'a finite number, received NaN'],
    ['empty-item', 'row 4, column item', 'an id, received nothing'],
    ['large-rating', 'row 6, column stars', 'a number up to 3.4e38, received 1e+39'],
    ['float-ids', 'row 4, column user', 'an id, received NaN'],
    ['rounded-ids', 'row 2, column user', 'a whole number up to 2^53 - 1 as id, received 791557233689870300'],
    ['binary-ids', 'row 2, column item', 'an id (a whole number from 0, or text), received bytes that are no text'],
    ['millisecond-numbers', 'row 3, column time', 'seconds since 1970, received 1546300800500'],
  ])('rejects %s with row and column', async (name, place, expected) => {
    expect(await message(name)).toContain(`${name}.parquet (${place}): expected ${expected}`);
  });

  it('rejects columns of other types', async () => {
    expect(await message('wrong-types', { item: 'stars', rating: 'time', timestamp: 'item' })).toMatchInlineSnapshot(
      `"wrong-types.parquet (column item): expected one value per row, received a column of lists or structures. Is this the right column?"`,
    );
    const untimed = { timestamp: undefined } as unknown as Partial<TableOptions>;
    expect(await message('wrong-types', { ...untimed, item: 'stars', rating: 'time' })).toMatchInlineSnapshot(
      `"wrong-types.parquet (row 1, column user): expected an id (a whole number from 0, or text), received true. Is this the right column?"`,
    );
    expect(
      await message('wrong-types', { ...untimed, user: 'stars', item: 'time', rating: 'user' }),
    ).toMatchInlineSnapshot(
      `"wrong-types.parquet (row 1, column user): expected a finite number, received true. Correct the row or remove it."`,
    );
    expect(await message('wrong-types', { user: 'stars', item: 'user', rating: 'item', timestamp: 'time' })).toContain(
      'list',
    );
    expect(await message('time-of-day')).toMatchInlineSnapshot(
      `"time-of-day.parquet (column time): expected timestamps, received times of day. Is this the right column?"`,
    );
    expect(await message('time-of-day', { ...untimed })).toContain(
      '(row 2, column item): expected a whole number up to',
    );
    expect(await message('milliseconds', { user: 'time', timestamp: 'user' })).toMatchInlineSnapshot(
      `"milliseconds.parquet (column time): expected ids, received times. Is this the right column?"`,
    );
    expect(await message('null-user', { user: 'reader' })).toContain('expected a column "reader"');
  });

  it('rejects texts that are no numbers or dates', async () => {
    const texts = { path: locate('texts'), user: 'user', item: 'item' };
    const load = (options: Partial<TableOptions>) => catchMessage(table({ ...texts, ...options }).load(loadFrom('')));
    expect(await load({ rating: 'stars' })).toMatchInlineSnapshot(
      `"texts.parquet (row 2, column stars): expected a finite number, received "five". Correct the row or remove it."`,
    );
    expect(await load({ timestamp: 'time', times: 'date' })).toMatchInlineSnapshot(
      `"texts.parquet (row 2, column time): expected an ISO date, received "2020-02-30". Correct the row, or set times to their unit, e.g. seconds."`,
    );
    expect(await load({ timestamp: 'time' })).toMatchInlineSnapshot(
      `"texts.parquet (row 1, column time): expected a finite number, received "2020-02-29". If these are times, set times: 'date'."`,
    );
  });

  it('rejects one column with two roles', () => {
    expect(() => table({ path: 'a.parquet', ...names, item: 'user' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(item): expected a column of its own, received "user". It is the column of user too.]`,
    );
  });
});

describe('table, Parquet types', () => {
  it.each([
    ['milliseconds', [1546300800.5, -1]],
    ['microseconds', [1546300800.500001, -1]],
    // And a nanosecond, which a double does not hold.
    ['nanoseconds', [1546300800.5, -1]],
  ])('converts times in %s exactly, and keeps ids of 64 bits', async (name, timestamps) => {
    for (const times of ['seconds', 'date', 'nanoseconds'] as const)
      expect(await read(name, { times })).toEqual({
        catalogue: {
          userCount: 2,
          itemCount: 2,
          userIds: ['791557233689870338', '791557233689870341'],
          itemIds: ['a', 'b'],
        },
        users: Int32Array.of(0, 1),
        items: Int32Array.of(1, 0),
        ratings: Float32Array.of(4.5, 0.5),
        timestamps: Float64Array.from(timestamps),
      });
  });

  it('reads dates, decimals, unsigned integers and the times of Spark', async () => {
    const dates = await read('dates');
    expect(dates.timestamps).toEqual(Float64Array.of(1546300800, 1582934400));
    expect(dates.catalogue.userIds).toEqual(['9223372036854775809', '9223372036854775810']);
    expect(dates.catalogue.itemIds).toEqual(Int32Array.of(7, 8));
    expect((await read('int96')).timestamps).toEqual(Float64Array.of(1546300800.5, 0));
  });
});

describe('table, damaged Parquet', () => {
  it('gives the right rows or a sentence, wherever bytes are missing or changed', async () => {
    const whole = readFileSync(locate('microseconds'));
    const expected = await read('microseconds');
    for (let length = 0; length < whole.length; length += 23)
      expect(await loadMessage('log.parquet', whole.subarray(0, length))).toMatch(
        /^log\.parquet: expected a Parquet file/,
      );
    for (let at = 0; at < whole.length; at += 7) {
      const changed = Uint8Array.from(whole);
      changed[at]! ^= 0x15;
      const outcome = await load('log.parquet', changed).catch((error: Error) => error);
      if (outcome instanceof Error)
        expect(`${at}: ${outcome.name} ${outcome.message}`).toMatch(/^\d+: RecsysError log\.parquet/);
      else expect(outcome.users).toHaveLength(expected.users.length);
    }
  });

  it('names what it is', async () => {
    expect(await loadMessage('log.parquet', 'PK\x03\x04 and more of a zip archive')).toMatchInlineSnapshot(
      `"log.parquet: expected a Parquet file, received a zip archive. Set format, or unpack the file."`,
    );
    expect(await loadMessage('log.parquet', '')).toContain('log.parquet: expected a Parquet file, received');
  });
});
