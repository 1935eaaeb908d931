import type { RowGradient } from '../gradient.js';
import type { SumRowsGradientInputs, SumRowsInputs } from '../kernels.js';
import { runKernel } from '../run-kernel.js';

/**
 * Sums rows of a table, weighted, into `out`.
 *
 * $$ y_b = \sum_{e \in \text{bag } b} w_e W_{\text{ids}_e} $$
 *
 * @shape table `[row, dim]` → `[bag, dim]`
 */
export function sumRows(inputs: SumRowsInputs): Float32Array {
  return runKernel('sumRows', inputs, ({ table, dim, bags: { offsets, ids, weights }, out }) => {
    out.fill(0);
    for (let bag = 0; bag + 1 < offsets.length; bag++)
      for (let entry = offsets[bag]!; entry < offsets[bag + 1]!; entry++) {
        const weight = weights ? weights[entry]! : 1;
        for (let d = 0; d < dim; d++) out[bag * dim + d]! += weight * table[ids[entry]! * dim + d]!;
      }
    return out;
  });
}

/**
 * Computes the gradient of `sumRows` with respect to the table: for each entry, the gradient of its bag times its
 * weight. The C++ kernel merges the entries of a row, the definition does not.
 */
export function differentiateRowSums(inputs: SumRowsGradientInputs): RowGradient {
  return runKernel('sumRowsGradient', inputs, ({ gradients, dim, bags: { offsets, ids, weights } }) => {
    const values = new Float32Array(ids.length * dim);
    for (let bag = 0; bag + 1 < offsets.length; bag++)
      for (let entry = offsets[bag]!; entry < offsets[bag + 1]!; entry++) {
        const weight = weights ? weights[entry]! : 1;
        for (let d = 0; d < dim; d++) values[entry * dim + d] = weight * gradients[bag * dim + d]!;
      }
    return { kind: 'rows', ids, values };
  });
}

/** Computes the gradients with respect to the table and to a bias per row, whose gradient is the sum of its weights. */
export function differentiateRowAndBiasSums(
  inputs: SumRowsGradientInputs,
): readonly [rows: RowGradient, biases: RowGradient] {
  return runKernel('sumRowsAndBiasesGradient', inputs, ({ bags, rowCount }) => {
    const ones = new Float32Array(bags.offsets.length - 1).fill(1);
    return [differentiateRowSums(inputs), differentiateRowSums({ gradients: ones, dim: 1, bags, rowCount })];
  });
}
