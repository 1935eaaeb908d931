import type { Rng } from '@footlight/core';
import type { Embedding, EmbeddingFactory } from '@footlight/layers';
import type { DataSummary } from '../types.js';

/** An embedding that waits for the sizes of the data, and the length of its vectors. */
interface EmbeddingRequest {
  readonly embedding: EmbeddingFactory;
  readonly dim: number;
}

/** The embeddings of users and of items, each with what the data tell of them. */
export function createEmbeddings(
  { userCount, itemCount, userFeatures, itemFeatures }: DataSummary,
  wanted: { readonly user: EmbeddingRequest; readonly item: EmbeddingRequest },
  rng: Rng,
): { readonly user: Embedding; readonly item: Embedding } {
  const create = (name: 'user' | 'item', count: number, features: DataSummary['userFeatures']) =>
    wanted[name].embedding.create({
      count,
      dim: wanted[name].dim,
      rng: rng.fork(name),
      ...(features ? { features } : {}),
    });
  return { user: create('user', userCount, userFeatures), item: create('item', itemCount, itemFeatures) };
}
