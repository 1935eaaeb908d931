import { createRng } from '@footlight/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { catchMessage } from '../temporary-folder.fixture.js';
import { type RowField, type RowsOptions, rows } from './rows.js';
import { load as loadFile } from './table.fixture.js';

const data = [
  { who: 'ann', film: 'B7', stars: 5, at: 1546300800, note: 'x' },
  { who: 'Zoë', film: 'A3', stars: 2.5, at: 1546300810 },
  { who: 'ann', film: 'A3', stars: 4, at: 1546300820 },
];
const fields = { user: 'who', item: 'film', rating: 'stars', time: 'at' } as const;
const lines = data.map(({ who, film, stars, at }) => `${who},${film},${stars},${at}\n`);
const csv = `user,item,stars,time\n${lines.join('')}`;

const load = <Row>(source: Iterable<Row> | AsyncIterable<Row>, options: RowsOptions<Row>) =>
  rows(source, options).load({ rng: createRng(1) });
const message = <Row>(source: Iterable<Row>, options: RowsOptions<Row>) => catchMessage(load(source, options));

describe('rows', () => {
  it('reads objects, tuples and functions of rows as a file with the same rows is read', async () => {
    const expected = await loadFile('log.csv', csv);
    expect(await load(data, fields)).toEqual(expected);
    const tuples = data.map(({ who, film, stars, at }) => [who, film, stars, at] as const);
    expect(await load(tuples, { user: 0, item: 1, rating: 2, time: 3 })).toEqual(expected);
    const functions = { ...fields, user: (row: (typeof data)[0]) => row.who, time: ({ at }: (typeof data)[0]) => at };
    expect(await load(data, functions)).toEqual(expected);
    const inner = { rating: ({ stars }: (typeof data)[0]) => stars, user: 'who', item: 'film', time: 'at' } as const;
    expect(await load(data, inner)).toEqual(expected);
  });

  it('reads generators and asynchronous sources, once', async () => {
    let reads = 0;
    async function* query() {
      reads++;
      yield* data;
    }
    const dataset = rows(query(), fields);
    const [first, second] = await Promise.all([1, 2].map(() => dataset.load({ rng: createRng(1) })));
    expect(second).toBe(first);
    expect([reads, first]).toEqual([1, await load(data.values(), fields)]);
  });

  it('reads dates, weights, titles and other units of time', async () => {
    const dated = data.map((row) => ({ ...row, at: new Date(row.at * 1000), count: row.stars / 2 }));
    const { timestamps, weights, catalogue } = await load(dated, {
      ...fields,
      weight: 'count',
      title: 'note',
    } as never);
    expect([timestamps, weights]).toEqual([
      Float64Array.of(1546300800, 1546300810, 1546300820),
      Float32Array.of(2.5, 1.25, 2),
    ]);
    expect(catalogue.itemTitles).toEqual(['', 'x']);
    const late = data.map((row) => ({ ...row, at: row.at * 1000 }));
    expect((await load(late, { ...fields, times: 'milliseconds' })).timestamps).toEqual(timestamps);
  });

  it('reads again after a load that failed, if the source can be read again', async () => {
    const stopped = { rng: createRng(1), signal: AbortSignal.abort(new Error('stopped')) };
    const many = Array.from({ length: 70_000 }, (_, row) => ({ who: row % 7, film: row }));
    const dataset = rows(many, { user: 'who', item: 'film' });
    expect(await catchMessage(dataset.load(stopped))).toBe('stopped');
    expect((await dataset.load({ rng: createRng(1) })).users).toHaveLength(70_000);
    const once = rows(many[Symbol.iterator](), { user: 'who', item: 'film' });
    expect(await catchMessage(once.load(stopped))).toBe('stopped');
    expect(await catchMessage(once.load({ rng: createRng(1) }))).toMatchInlineSnapshot(
      `"rows: expected rows that can be read again after a load that failed, received an iterator, which is read once. Pass a new one to rows(), or an array."`,
    );
  });

  it('refuses what is no list of rows', () => {
    expect(() => rows({ who: 'ann' } as never, { user: 'who', item: 'film' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rows(source): expected an array or another iterable, received object. Pass its rows.]`,
    );
    expect(() => rows('ann', { user: 0, item: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rows(source): expected an array or another iterable, received string. Pass its rows.]`,
    );
  });

  it('refuses one field for two roles', () => {
    expect(() => rows(data, { user: 'who', item: 'who' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rows(item): expected a field of its own, received "who". It is the field of user too.]`,
    );
    const film = (row: (typeof data)[number]) => row.film;
    expect(() => rows(data, { user: film, item: film })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rows(item): expected a field of its own, received the same function. It is the field of user too.]`,
    );
    expect(rows(data, { user: 'who', item: 'film', title: 'film' }).name).toBe('in-memory(rows)');
  });

  it('is named for results, and knows its columns before it is read', () => {
    const dataset = rows(data, { user: 'who', item: 'film', rating: 'stars', name: 'films' });
    expect([dataset.name, dataset.columns, dataset.protocol]).toEqual([
      'in-memory(films)',
      { ratings: true, timestamps: false },
      { name: 'own data' },
    ]);
  });

  it('names the index and the field of the first value that does not fit', async () => {
    const messages = await Promise.all([
      message([...data, { ...data[0]!, who: '' }], fields),
      message([...data, { ...data[0]!, stars: Number.NaN }], fields),
      message([{ ...data[0]!, at: 1546300800000 }], fields),
      message([{ ...data[0]!, at: '2019-01-01' }], fields),
      message([{ ...data[0]!, at: new Date(Number.NaN) }] as never, fields),
      message([data[0], undefined] as typeof data, fields),
      message(data, { ...fields, user: 'name' } as never),
      message([], fields),
      message(data, { ...fields, weight: (row) => -row.stars }),
      message(data, { ...fields, weight: () => 0 }),
      message(data, { ...fields, title: () => ({}) }),
    ]);
    expect(messages.join('\n')).toMatchInlineSnapshot(`
      "rows (index 3, column who): expected an id, received nothing. Remove the row or give it an id.
      rows (index 3, column stars): expected a finite number, received NaN. Correct the row or remove it.
      rows (index 0, column at): expected seconds since 1970, received 1546300800000. If these are milliseconds, set times: 'milliseconds'.
      rows (index 0, column at): expected a finite number, received "2019-01-01". If these are times, set times: 'date'.
      rows (index 0, column at): expected an ISO date, received an invalid date. Correct the row, or set times to their unit, e.g. seconds.
      rows (index 1): expected an object or a tuple, received undefined. Remove it.
      rows (index 0): expected a field "name", received the fields who, film, stars, at, note. Name one of these.
      rows: expected rows, received none. Is the source or the query empty?
      rows (index 0, column weight): expected a weight from 0, received -5. Correct the row or remove it.
      rows (column weight): expected a weight above 0, received none. Is this the right column?
      rows (index 0, column title): expected a text, received a value of type object. Correct the row or remove it."
    `);
    expect(() => rows(data, { user: 'who', item: 'film', times: 'date' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rows(times): expected a field with the times, received none. Name it in time.]`,
    );
  });

  it('accepts the keys of the row only', () => {
    expectTypeOf<'who'>().toExtend<RowField<(typeof data)[0]>>();
    expectTypeOf<'name'>().not.toExtend<RowField<(typeof data)[0]>>();
  });
});
