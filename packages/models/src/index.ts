export { type CosineFactorizationOptions, cosineFactorization } from './representations/cosine-factorization.js';
export { type DeepMatchingOptions, deepMatching } from './representations/deep-matching.js';
export { type FactorizationOptions, factorization } from './representations/factorization.js';
export { type FactorizationMachineOptions, factorizationMachine } from './representations/factorization-machine.js';
export type { FoldInOptions } from './representations/fold-in.js';
export { type ConstantRatingOptions, constantRating } from './solvers/constant-rating.js';
export { popularity } from './solvers/popularity.js';
export { random } from './solvers/random.js';
export type { DataFacts, Encoded, Model, Network, Queries, Reads, Representation, Scorer, Solver } from './types.js';
