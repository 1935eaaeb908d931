import { describe, expect, it } from 'vitest';
import { decomposeSymmetric } from './eigen.js';

describe('decomposeSymmetric', () => {
  it('finds eigenvectors with A v = λ v', () => {
    const matrix = [
      [4, 1, -2],
      [1, 3, 0.5],
      [-2, 0.5, 5],
    ];
    const { values, vectors } = decomposeSymmetric(matrix);
    for (const [column, value] of values.entries())
      for (const [row, elements] of matrix.entries()) {
        const product = elements.reduce((sum, element, at) => sum + element * vectors[at]![column]!, 0);
        expect(product).toBeCloseTo(value * vectors[row]![column]!, 12);
      }
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(12, 12); // the trace
  });
});
