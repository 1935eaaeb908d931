import type { Suite } from '../suite.js';
import { embeddingRows } from './embedding-rows.js';
import { catalogueSizes, factorizations } from './factorizations.js';
import { leastSquares } from './least-squares.js';
import { products } from './products.js';
import { rankings } from './rankings.js';
import { recurrentLayers } from './recurrent-layers.js';

/** Single kernels, called directly, some of them beside PyTorch and numpy. */
export const kernels: Suite = {
  name: 'kernels',
  title: "Footlight's kernels",
  script: 'bench:kernels',
  requirements: 'requirements-engine.txt',
  warmUp: true,
  usesBackend: false,
  isStored: true,
  createCases: () => [
    ...products,
    ...recurrentLayers,
    ...embeddingRows,
    ...factorizations,
    ...catalogueSizes,
    ...leastSquares,
    ...rankings,
  ],
  notes: () =>
    [
      'Kernels are called directly, on typed arrays with random numbers.',
      '*processor time* is that of all threads together.',
      'Peers reuse their memory (`GLIBC_TUNABLES`), as Footlight does.',
    ].join(' '),
};
