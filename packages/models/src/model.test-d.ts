import { bloomEmbedding } from '@footlight/layers';
import { factorization } from './representations/factorization.js';
import { popularity } from './solvers/popularity.js';
import type { Model, Representation, Solver } from './types.js';

export const all: Model[] = [factorization({ dim: 3 }), popularity()];

// @ts-expect-error a representation is not a solver
export const solver: Solver = factorization({ dim: 3 });
// @ts-expect-error a solver is not a representation
export const representation: Representation = popularity();

// @ts-expect-error the length of the vectors is required
factorization({});
// @ts-expect-error an embedding of known size is no factory; `bloomEmbeddings()` is one
factorization({ dim: 3, itemEmbedding: bloomEmbedding });
