import { describe, expect, it } from 'vitest';
import { apportion, countTargets, divideByShares } from './shares.js';

const list = ({ train, validation, test }: ReturnType<typeof divideByShares>) => [train, validation, test];

describe('divideByShares', () => {
  it('gives what remains to the largest remainders', () => {
    expect(list(divideByShares(10, { test: 0.4, validation: 0.2 }))).toEqual([4, 2, 4]);
    expect(list(divideByShares(10, { test: 0.8, validation: 0.1 }))).toEqual([1, 1, 8]);
    expect(list(divideByShares(100, { test: 0.3, validation: 0.2 }))).toEqual([50, 20, 30]);
    expect(list(divideByShares(100, { test: 0.57, validation: 0.29 }))).toEqual([14, 29, 57]);
    expect(list(divideByShares(7, { test: 0.2, validation: 0.3 }))).toEqual([4, 2, 1]); // 3.5, 2.1, 1.4
    expect(list(divideByShares(11, { test: 0.15 }))).toEqual([9, 0, 2]); // 9.35, 1.65
  });

  it('gives equal remainders first to test, then to validation', () => {
    expect(list(divideByShares(2, { test: 0.25 }))).toEqual([1, 0, 1]); // 1.5, 0.5
    expect(list(divideByShares(5, { test: 0.1, validation: 0.1 }))).toEqual([4, 0, 1]); // 4, 0.5, 0.5
    expect(list(divideByShares(1, { test: 1 / 3, validation: 1 / 3 }))).toEqual([0, 0, 1]);
  });

  it('adds up, and is off by less than one, for shares in hundredths', () => {
    for (const count of [1, 2, 3, 10, 97, 100, 1000, 100_836, 20_000_263])
      for (let test = 1; test < 98; test += 7)
        for (let validation = 1; test + validation < 100; validation += 11) {
          const sizes = list(divideByShares(count, { test: test / 100, validation: validation / 100 }));
          const exact = [100 - test - validation, validation, test].map((percent) => (percent * count) / 100);
          expect(sizes.reduce((sum, size) => sum + size)).toBe(count);
          sizes.forEach((size, at) => void expect(Math.abs(size - exact[at]!)).toBeLessThan(1));
          for (const [at, size] of sizes.entries()) if (exact[at]! % 1 === 0) expect(size).toBe(exact[at]);
        }
  });
});

describe('apportion', () => {
  it('keeps whole sizes', () => {
    expect(list(apportion(50, { test: 30, validation: 7.5 }))).toEqual([12, 8, 30]);
    expect(list(apportion(3, { test: 3, validation: 1 }))).toEqual([-1, 1, 3]); // too many: the caller checks
  });
});

describe('countTargets', () => {
  it('has at least one target and leaves at least one interaction', () => {
    const counts = [1, 2, 3, 4, 5, 9, 10, 13];
    expect(counts.map((count) => countTargets(count, 0.2, 'largest-remainder'))).toEqual([0, 1, 1, 1, 1, 2, 2, 3]);
    expect(counts.map((count) => countTargets(count, 0.9, 'largest-remainder'))).toEqual([0, 1, 2, 3, 4, 8, 9, 12]);
  });

  it('cuts off with truncate, as the originals do', () =>
    expect([4, 5, 9, 10].map((count) => countTargets(count, 0.2, 'truncate'))).toEqual([0, 1, 1, 2]));
});
