import type { Rng } from '@footlight/core';
import type { Embedding, EmbeddingFactory } from '@footlight/layers';
import type { DataSummary } from '../types.js';

/** An embedding that waits for the sizes of the data, and the length of its vectors. */
interface Wanted {
  readonly embedding: EmbeddingFactory;
  readonly dim: number;
}

/** The embeddings of users and of items, each with what the data tell of them. */
export function embeddingsOf(
  { userCount, itemCount, userFeatures, itemFeatures }: DataSummary,
  wanted: { readonly user: Wanted; readonly item: Wanted },
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
