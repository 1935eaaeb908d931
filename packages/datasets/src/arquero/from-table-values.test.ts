import { table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { fromTable } from './from-table.js';

describe('fromTable, values that would be rounded or mistaken', () => {
  const from = (columns: Record<string, readonly unknown[]>, names = {}) =>
    fromTable(table({ user: [1, 2], item: [1, 2], ...columns }), names);

  it('keeps ids of 64 bits exact, and refuses those that are rounded', () => {
    const ids = ['791557233689870338', '791557233689870341'];
    expect(from({ user: ids.map(BigInt) }).catalogue.userIds).toEqual(ids);
    expect(() => from({ user: [1, Number(ids[0])] })).toThrow(
      'fromTable (index 1, column user): expected a whole number up to 2^53 - 1 as id, received 791557233689870300.',
    );
    expect(() => from({ user: ['a', ' '] })).toThrow('(index 1, column user): expected an id, received blanks.');
    expect(() => from({ item: ['a', ' a'] })).toThrow('expected one spelling of the id "a", received " a" too');
  });

  it('refuses one column for two roles', () => {
    const log = table({ user: [1], item: [2], stars: [3] });
    expect(() => fromTable(log, { rating: 'stars', weight: 'stars' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable(weight): expected a column of its own, received "stars". It is the column of rating too.]`,
    );
  });

  it('refuses ratings that a float32 does not hold, and parts other than 0 and 1', () => {
    expect(() => from({ rating: [1, 1e39] }, { rating: 'rating' })).toThrow('up to 3.4e38, received 1e+39');
    expect(() => from({ part: [0, 256] }, { part: 'part' })).toThrow('received 256');
  });

  it('converts the unit of times, and refuses another one', () => {
    const when = [1546300800500, 1546300801000];
    const read = (values: readonly unknown[], times?: 'milliseconds') =>
      from({ when: values }, { timestamp: 'when', ...(times && { times }) }).timestamps;
    expect(read(when, 'milliseconds')).toEqual(Float64Array.of(1546300800.5, 1546300801));
    expect(() => read(when)).toThrow("received 1546300800500. If these are milliseconds, set times: 'milliseconds'.");
    expect(() => read([1546300800, 1546300801], 'milliseconds')).toThrow('If these are seconds, leave times out');
    expect(() => read([new Date(0), 5])).toThrow('expected an ISO date, received 5');
  });
});
