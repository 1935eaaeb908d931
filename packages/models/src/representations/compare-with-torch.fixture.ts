import type { Gradient } from '@footlight/engine';
import { expect } from 'vitest';

/** The largest difference, as a share of the largest number. */
export function measureError(ours: ArrayLike<number>, theirs: readonly number[]): number {
  expect(ours.length).toBe(theirs.length);
  const largest = Math.max(...theirs.map(Math.abs));
  return Math.max(...theirs.map((value, at) => Math.abs(value - ours[at]!))) / largest;
}

/** A gradient as all its entries. @shape `[row, dim]` */
export function toDense(gradient: Gradient, [rows, dim]: readonly number[]): Float32Array {
  if (gradient.kind === 'dense') return gradient.values;
  const values = new Float32Array(rows! * dim!);
  gradient.ids.forEach((id, row) => {
    for (let d = 0; d < dim!; d++) values[id * dim! + d]! += gradient.values[row * dim! + d]!;
  });
  return values;
}
