export type { Batch, Catalogue, Dataset, Filter, HeldOut, Interactions, LoadOptions, NegativeSampler, Negatives, OriginalIds, Split, Splits } from './types.js';
