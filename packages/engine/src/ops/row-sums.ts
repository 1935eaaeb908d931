import * as tf from '@tensorflow/tfjs';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import { borrow } from '../memory.js';
import type { RowGradient } from '../value-and-gradients.js';

/** Rows of a table that are added up: bag b has the entries from `offsets[b]` to below `offsets[b + 1]`. */
export interface Bags {
  readonly offsets: Int32Array; // [bag + 1], from 0 to the number of entries
  readonly ids: Int32Array; // [entry], rows of the table
  readonly weights?: Float32Array; // [entry], default all 1
}

/** C++, where the backend in use is made of it; others keep to what is written here, so that what they compute does not hang on what is installed. */
export function kernelsInUse(): ReturnType<typeof loadNativeKernels> {
  return tf.getBackend() === 'native' ? loadNativeKernels() : undefined;
}

/** $y_b = \sum_e w_e W_{\text{ids}_e}$ over the entries of each bag. @shape table `[row, dim]` → `[bag, dim]` */
export function sumRows(
  table: Float32Array,
  dim: number,
  { offsets, ids, weights }: Bags,
  out: Float32Array,
): Float32Array {
  const kernels = kernelsInUse();
  if (kernels) {
    kernels.sumRows(table, dim, offsets, ids, weights, out);
    return out;
  }
  out.fill(0);
  for (let bag = 0; bag + 1 < offsets.length; bag++)
    for (let entry = offsets[bag]!; entry < offsets[bag + 1]!; entry++) {
      const weight = weights ? weights[entry]! : 1;
      for (let d = 0; d < dim; d++) out[bag * dim + d]! += weight * table[ids[entry]! * dim + d]!;
    }
  return out;
}

/** The gradient by the table, of each entry or, in C++, of each row once: slopes of the bags it is in times its weight. @shape slopes `[bag, dim]` */
export function computeRowGradient(
  slopes: Float32Array,
  dim: number,
  { offsets, ids, weights }: Bags,
  rows: number,
): RowGradient {
  const kernels = kernelsInUse();
  if (kernels) {
    const most = Math.min(rows, ids.length);
    const [met, values] = [new Int32Array(most), borrowRows(most, rows, dim)];
    const count = kernels.sumRowsGradient(slopes, dim, offsets, ids, weights, rows, met, values);
    return { kind: 'rows', ids: met.subarray(0, count), values: values.subarray(0, count * dim) };
  }
  const values = new Float32Array(ids.length * dim);
  for (let bag = 0; bag + 1 < offsets.length; bag++)
    for (let entry = offsets[bag]!; entry < offsets[bag + 1]!; entry++) {
      const weight = weights ? weights[entry]! : 1;
      for (let d = 0; d < dim; d++) values[entry * dim + d] = weight * slopes[bag * dim + d]!;
    }
  return { kind: 'rows', ids, values };
}

/** The same for vectors with a bias each, whose own gradients are the sums of the weights: in C++ in the same pass. */
export function computeRowAndBiasGradients(
  slopes: Float32Array,
  dim: number,
  bags: Bags,
  rows: number,
): [RowGradient, RowGradient] {
  const kernels = kernelsInUse();
  if (!kernels)
    return [
      computeRowGradient(slopes, dim, bags, rows),
      computeRowGradient(new Float32Array(bags.offsets.length - 1).fill(1), 1, bags, rows),
    ];
  const { offsets, ids, weights } = bags;
  const most = Math.min(rows, ids.length);
  const [met, values, sums] = [new Int32Array(most), borrowRows(most, rows, dim), borrowRows(most, rows, 1)];
  const count = kernels.sumRowsGradient(slopes, dim, offsets, ids, weights, rows, met, values, sums);
  const own = met.subarray(0, count);
  return [
    { kind: 'rows', ids: own, values: values.subarray(0, count * dim) },
    { kind: 'rows', ids: own, values: sums.subarray(0, count) },
  ];
}

/** Room for rows, of a length that does for other batches too: the entries of each are not quite as many. What is not written to costs no memory. */
function borrowRows(count: number, rows: number, dim: number): Float32Array {
  const enough = Math.min(rows, 2 ** Math.ceil(Math.log2(Math.max(1, count))));
  return borrow(enough * dim).subarray(0, count * dim);
}

/** As many entries for each of `count` bags. @shape → `[count + 1]` */
export function createEvenOffsets(count: number, each: number): Int32Array {
  const offsets = new Int32Array(count + 1);
  for (let bag = 1; bag <= count; bag++) offsets[bag] = bag * each;
  return offsets;
}
