import { omitUndefined } from '@footlight/core';
import { scoreCandidates, scoreCatalogue, tf } from '@footlight/engine';
import type { Embedding, TableEmbedding } from '@footlight/layers';
import type { CatalogueProduct } from '../types.js';

/**
 * Scores items by the dot product with a vector, plus a bias per item.
 *
 * @shape vectors `[query, dim]`, candidates `[query, candidate]` int32 → `[query, candidate]`; without candidates
 *   `[query, item]`
 */
export function scoreItems(
  vectors: tf.Tensor2D,
  item: Embedding,
  bias?: TableEmbedding,
  candidates?: tf.Tensor2D,
): tf.Tensor2D {
  if (candidates) return scoreListedItems(vectors, item, bias, candidates);
  return scoreCatalogue(vectors, item.all(), bias?.table as tf.Tensor2D | undefined);
}

function scoreListedItems(
  vectors: tf.Tensor2D,
  item: Embedding,
  bias: TableEmbedding | undefined,
  candidates: tf.Tensor2D,
): tf.Tensor2D {
  if (item.table) return scoreCandidates(vectors, item.table, candidates, bias?.table);
  const products = multiplyRows(vectors, item.apply(candidates)); // [query, candidate]
  return bias ? tf.add(products, tf.squeeze(bias.apply(candidates), [2])) : products;
}

/** @shape vectors `[query, dim]`, rows `[query, candidate, dim]` → `[query, candidate]` */
function multiplyRows(vectors: tf.Tensor2D, rows: tf.Tensor): tf.Tensor2D {
  return tf.sum(tf.mul(rows, tf.expandDims(vectors, 1)), 2);
}

/** Creates the item factor of the product that `scoreItems` computes without candidates. */
export function createCatalogueProduct(item: Embedding, bias?: TableEmbedding): CatalogueProduct {
  return { table: item.all(), ...omitUndefined({ bias: bias && (tf.reshape(bias.table, [-1]) as tf.Tensor1D) }) };
}
