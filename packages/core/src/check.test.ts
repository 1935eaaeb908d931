import { describe, expect, it } from 'vitest';
import { assertChoice, assertFraction, assertInteger, assertNumber } from './check.js';

describe('assertInteger', () => {
  it('returns an integer in the range', () =>
    expect([
      assertInteger('x', 1),
      assertInteger('x', 0, { minimum: 0 }),
      assertInteger('x', 7, { maximum: 7 }),
    ]).toEqual([1, 0, 7]));

  it('requires a positive integer by default', () => {
    expect(() => assertInteger('ndcg(at)', 0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ndcg(at): expected a positive integer, received 0.]`,
    );
    expect(() => assertInteger('ndcg(at)', 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ndcg(at): expected a positive integer, received 1.5.]`,
    );
    for (const wrong of [Number.NaN, Infinity, 2 ** 53, '3' as unknown as number])
      expect(() => assertInteger('x', wrong)).toThrow('positive integer');
  });

  it('has its limits in its message', () => {
    expect(() => assertInteger('fit(epochs)', -1, { minimum: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(epochs): expected an integer from 0, received -1.]`,
    );
    expect(() => assertInteger('split(fold)', 5, { minimum: 0, maximum: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: split(fold): expected an integer from 0 to 4, received 5.]`,
    );
  });
});

describe('assertFraction', () => {
  it('returns a number between 0 and 1', () => expect(assertFraction('x', 0.2)).toBe(0.2));

  it('rejects 0, 1 and NaN', () => {
    expect(() => assertFraction('atRandom(test)', 1)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: atRandom(test): expected a number between 0 and 1, received 1.]`,
    );
    expect(() => assertFraction('x', 0)).toThrow('between 0 and 1');
    expect(() => assertFraction('x', Number.NaN)).toThrow('between 0 and 1');
  });
});

describe('assertNumber', () => {
  it('returns a number in the range', () =>
    expect([
      assertNumber('x', -1.5),
      assertNumber('x', 0, { from: 0, below: 1 }),
      assertNumber('x', 2 ** 53, { above: 0 }),
      assertNumber('x', 1, { above: 0, to: 1 }),
    ]).toEqual([-1.5, 0, 2 ** 53, 1]));

  it.each([
    [{}, Number.NaN, 'a finite number, received NaN'],
    [{ from: 0 }, -1, 'a finite number from 0, received -1'],
    [{ from: 0 }, Infinity, 'a finite number from 0, received Infinity'],
    [{ above: 0 }, 0, 'a positive number, received 0'],
    [{ above: -1 }, -1, 'a finite number above -1, received -1'],
    [{ from: 0, below: 1 }, 1, 'a number in [0, 1), received 1'],
    [{ above: 0, to: 1 }, 0, 'a number in (0, 1], received 0'],
    [{ from: 0 }, '3' as unknown as number, "a finite number from 0, received the text '3'"],
  ])('%o refuses %s', (range, value, message) => {
    expect(() => assertNumber('x(y)', value, range)).toThrow(`x(y): expected ${message}.`);
  });

  it('tells text from numbers in all checks', () => {
    const text = '0.5' as unknown as number;
    expect(() => assertFraction('x', text)).toThrow("received the text '0.5'");
    expect(() => assertInteger('x', text)).toThrow("received the text '0.5'");
  });
});

describe('assertChoice', () => {
  it('returns a choice', () => expect(assertChoice('x', 'b', ['a', 'b'])).toBe('b'));

  it.each([
    [['a'], "'a'"],
    [['a', 'b'], "'a' or 'b'"],
    [['a', 'b', 'c'], "'a', 'b' or 'c'"],
  ])('names the choices %o', (choices, expected) => {
    expect(() => assertChoice('x(y)', 'd', choices)).toThrow(`x(y): expected ${expected}, received the text 'd'.`);
    expect(() => assertChoice('x(y)', undefined as unknown as string, choices)).toThrow('received undefined.');
  });
});
