import { omitUndefined, type Rng } from '@footlight/core';
import type { Embedding, EmbeddingFactory } from '@footlight/layers';
import type { DataSummary } from '../types.js';

/** An embedding to create, once the sizes of the data are known. */
interface EmbeddingRequest {
  readonly embedding: EmbeddingFactory;
  /** Length of the vectors. */
  readonly dim: number;
}

/** Creates the embeddings of users and items, each with the features that the data have. */
export function createEmbeddings(
  { userCount, itemCount, userFeatures, itemFeatures, itemVectors }: DataSummary,
  requests: { readonly user: EmbeddingRequest; readonly item: EmbeddingRequest },
  rng: Rng,
): { readonly user: Embedding; readonly item: Embedding } {
  const create = (name: 'user' | 'item', count: number, features: DataSummary['userFeatures']) => {
    const { embedding, dim } = requests[name];
    const denseFeatures = name === 'item' ? itemVectors : undefined;
    return embedding.create({ count, dim, rng: rng.fork(name), ...omitUndefined({ features, denseFeatures }) });
  };
  return { user: create('user', userCount, userFeatures), item: create('item', itemCount, itemFeatures) };
}
