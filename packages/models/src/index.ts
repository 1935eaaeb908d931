export type { Encoded, Model, Network, Queries, Reads, Representation, Scorer, Sizes, Solver } from './types.js';
