/** The derivative of a scalar with respect to every entry of a parameter. */
export interface DenseGradient {
  readonly kind: 'dense';
  /** In the parameter's shape. */
  readonly values: Float32Array;
}

/**
 * The derivative of a scalar with respect to some rows of a table; the derivative with respect to all other rows is 0.
 *
 * A row may occur more than once. Its gradient is then the sum of its entries.
 */
export interface RowGradient {
  readonly kind: 'rows';
  /** `[row]` */
  readonly ids: Int32Array;
  /** `[row, dim]` */
  readonly values: Float32Array;
}

export type Gradient = DenseGradient | RowGradient;

/** Adds the rows of a gradient to a dense gradient of the same table. */
export function addRows(dense: Float32Array, { ids, values }: RowGradient, dim: number): void {
  for (let row = 0; row < ids.length; row++) {
    const to = ids[row]! * dim;
    const from = row * dim;
    for (let d = 0; d < dim; d++) dense[to + d]! += values[from + d]!;
  }
}
