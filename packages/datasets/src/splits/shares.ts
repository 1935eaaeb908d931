import { assertFraction, invalid } from '@footlight/core';

/** Shares of the test and validation parts. */
export interface Shares {
  readonly test: number;
  readonly validation?: number;
}

/**
 * How shares become whole numbers.
 *
 * - `largest-remainder` (default): each part gets the whole number below its share; what remains goes to the parts with
 *   the largest remainders, of equal ones first to test, then to validation. No part is off by one or more.
 * - `truncate`: the number that the original computes in floating-point numbers and cuts off (`int(…)` in Python).
 */
export type Rounding = 'largest-remainder' | 'truncate';

/** Checks the shares of the test and validation parts. */
export function assertShares(where: string, { test, validation }: Shares): void {
  assertFraction(`${where}(test)`, test);
  if (validation === undefined) return;
  assertFraction(`${where}(validation)`, validation);
  if (toDecimals(test + validation) >= 1)
    invalid(`${where}(validation)`, `less than ${toDecimals(1 - test)} (1 − test)`, validation);
}

/** Checks the option and returns it. */
export function assertRounding(where: string, rounding: Rounding = 'largest-remainder'): Rounding {
  return rounding === 'largest-remainder' || rounding === 'truncate'
    ? rounding
    : invalid(`${where}(rounding)`, "'largest-remainder' or 'truncate'", rounding);
}

/** `0.2`, or `0.1 + 0.1` where there is a validation part. */
export function formatShares({ test, validation }: Shares): string {
  return validation === undefined ? `${test}` : `${validation} + ${test}`;
}

/** The sizes of the parts, which add up to `count`. */
export interface PartSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/**
 * Divides `count` by largest remainder; the rest is train.
 *
 * @example
 * divideByShares(10, { test: 0.4, validation: 0.2 }) // { train: 4, validation: 2, test: 4 }
 */
export function divideByShares(count: number, { test, validation = 0 }: Shares): PartSizes {
  return apportion(count, { test: test * count, validation: validation * count });
}

/** As `divideByShares`, from the exact sizes of the parts. Whole sizes stay as they are. */
export function apportion(count: number, exact: { readonly test: number; readonly validation: number }): PartSizes {
  const quotas = [exact.test, exact.validation, count - exact.test - exact.validation].map(toDecimals);
  const sizes = quotas.map(Math.floor);
  const spare = count - sizes.reduce((sum, size) => sum + size, 0);
  const byRemainder = [0, 1, 2].sort(
    (one, other) => toDecimals((quotas[other]! % 1) - (quotas[one]! % 1)) || one - other,
  );
  for (const part of byRemainder.slice(0, spare)) sizes[part]!++;
  const [test, validation, train] = sizes as [number, number, number];
  return { train, validation, test };
}

/**
 * The number of targets among the interactions of one user: by largest remainder at least one, and at least one less
 * than all.
 */
export function countTargets(count: number, share: number, rounding: Rounding): number {
  if (rounding === 'truncate') return Math.trunc(share * count);
  return Math.max(0, Math.min(count - 1, Math.max(1, divideByShares(count, { test: share }).test)));
}

/** Without the error of floating-point numbers: 0.29 × 100 is 28.999999999999996. */
function toDecimals(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** Checks that no part is empty. */
export function assertFilled(where: string, sizes: PartSizes, hasValidation: boolean, of = 'interactions'): void {
  const count = sizes.train + sizes.validation + sizes.test;
  for (const part of ['train', ...(hasValidation ? (['validation'] as const) : []), 'test'] as const)
    if (sizes[part] < 1) invalid(where, `${of} for ${part}`, `none of ${count}`, 'Choose other shares.');
}
