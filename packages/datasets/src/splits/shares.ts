import { assertFraction, invalid } from '@footlight/core';

/** Checks the shares of the test and validation parts. */
export function assertShares(
  where: string,
  { test, validation }: { readonly test: number; readonly validation?: number },
): void {
  assertFraction(`${where}(test)`, test);
  if (validation === undefined) return;
  assertFraction(`${where}(validation)`, validation);
  if (test + validation >= 1) invalid(`${where}(validation)`, `less than ${1 - test} (1 − test)`, validation);
}

/** `0.2`, or `0.1 + 0.1` where there is a validation part. */
export function formatShares({ test, validation }: { readonly test: number; readonly validation?: number }): string {
  return validation === undefined ? `${test}` : `${validation} + ${test}`;
}
