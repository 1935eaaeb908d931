import { zipSync } from 'fflate';
import type { CooMatrix } from './to-coo.js';
import type { CsrMatrix } from './to-csr.js';
import { toNpy, toNpyIntegers, toNpyScalar } from './to-npy.js';

/** A moment that zip archives can express, so that equal matrices give equal bytes. */
const MODIFIED = '1980-01-01T00:00:00';

/**
 * Writes a sparse matrix in scipy's format `.npz`, which `scipy.sparse.load_npz` reads.
 *
 * Equal matrices give equal bytes.
 *
 * @example
 * await writeFile('likes.npz', toNpz(toCsr(interactions))) // scipy.sparse.load_npz('likes.npz')
 * @source `scipy.sparse.save_npz`
 */
export function toNpz(matrix: CsrMatrix | CooMatrix): Uint8Array<ArrayBuffer> {
  const indices =
    'indptr' in matrix
      ? { indices: toNpy(matrix.indices), indptr: toNpy(matrix.indptr) }
      : { row: toNpy(matrix.row), col: toNpy(matrix.col) };
  const arrays = {
    ...indices,
    format: toNpyScalar('indptr' in matrix ? 'csr' : 'coo'),
    shape: toNpyIntegers(matrix.shape),
    data: toNpy(matrix.data),
  };
  const files = Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes]));
  return zipSync(files, { level: 6, mtime: new Date(MODIFIED) });
}
