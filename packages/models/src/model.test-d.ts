import { bloomEmbedding } from '@footlight/layers';
import { factorization } from './representations/factorization.js';
import { popularity } from './solvers/popularity.js';
import type { Model, Representation, Solver } from './types.js';

export const all: Model[] = [factorization({ dim: 3 }), popularity()];

// @ts-expect-error what is learned cannot be solved
export const solver: Solver = factorization({ dim: 3 });
// @ts-expect-error what is counted cannot be trained
export const representation: Representation = popularity();

// @ts-expect-error a length of vectors is needed
factorization({});
// @ts-expect-error an embedding whose sizes are known does not fit; `bloom()` does
factorization({ dim: 3, itemEmbedding: bloomEmbedding });
