import { assertInteger, invalid } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { nearestSets, type Similarity } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import type { DataSummary, Queries, Scorer, Solver } from '../types.js';
import { countFeedback, transposeFeedback } from './implicit-feedback.js';

export interface ItemKnnOptions {
  /** Neighbors that are kept for each item. Default 100. */
  readonly neighbors?: number;
  /** `cosine` c / (√(ab) + shrink) or `jaccard` c / (a + b − c + shrink), where a and b people chose the two items and c both. Default `cosine`. */
  readonly similarity?: Similarity;
  /** Added to the denominator, so that what a few people say counts less; from 0. Default 0. */
  readonly shrink?: number;
  /** How many of a person's last items are looked at. Default 1000. */
  readonly history?: number;
}

/**
 * Item neighborhoods: an item is worth what its nearest neighbors have in common with it, as far as they were chosen.
 *
 * $$ s_{ui} = \sum_{j \in N_k(i) \cap H_u} w_{ij}, \quad w_{ij} = \frac{|U_i \cap U_j|}{\sqrt{|U_i| |U_j|} + h} $$
 *
 * with U the people who chose an item, H the items that a person chose, h the shrink. What was chosen more than once counts once.
 *
 * Reads histories, so it answers people who were not there when it was made.
 *
 * @example
 * itemKnn({ neighbors: 50, shrink: 10 }).solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Sarwar, Karypis, Konstan, Riedl, WWW 2001, https://doi.org/10.1145/371920.372071
 */
export function itemKnn({
  neighbors = 100,
  similarity = 'cosine',
  shrink = 0,
  history = 1000,
}: ItemKnnOptions = {}): Solver {
  assertInteger('itemKnn(neighbors)', neighbors);
  assertInteger('itemKnn(history)', history);
  if (similarity !== 'cosine' && similarity !== 'jaccard')
    invalid('itemKnn(similarity)', "'cosine' or 'jaccard'", similarity);
  if (!(shrink >= 0 && shrink < Infinity)) invalid('itemKnn(shrink)', 'a finite number from 0', shrink);
  return {
    kind: 'solver',
    name: `item-knn(${neighbors})`,
    protocol: { name: 'item-knn', neighbours: neighbors, similarity, shrink, history },
    reads: { history },
    solve: (train) =>
      createScorer(train.catalogue, { history, neighbors }, findNeighbors(train, neighbors, similarity, shrink)),
    restore: (sizes) => createScorer(sizes, { history, neighbors }),
  };
}

interface NearestItems {
  readonly ids: Int32Array; // [item, neighbor]
  readonly similarities: Float32Array; // [item, neighbor]
}

function findNeighbors(train: Interactions, count: number, similarity: Similarity, shrink: number): NearestItems {
  const members = countFeedback(train);
  return nearestSets({
    sets: transposeFeedback(members, train.catalogue.itemCount),
    members,
    count,
    similarity,
    shrink,
  });
}

function createScorer(
  { itemCount }: DataSummary,
  { history, neighbors }: { history: number; neighbors: number },
  found?: NearestItems,
): Scorer {
  const shape: [number, number] = [itemCount, neighbors];
  const size = itemCount * neighbors;
  const ids = tf.tidy(() => tf.variable(tf.tensor2d(found?.ids ?? new Int32Array(size), shape, 'int32'), false));
  const similarities = tf.tidy(() =>
    tf.variable(tf.tensor2d(found?.similarities ?? new Float32Array(size), shape), false),
  );
  return {
    reads: { history },
    parameters: { ids, similarities },
    score(queries) {
      const batch = queries.users.shape[0];
      const nearest = { ids: ids.dataSync() as Int32Array, similarities: similarities.dataSync() as Float32Array };
      const scores = new Float32Array(batch * itemCount);
      for (const [row, chosen] of chosenIn(queries, itemCount).entries())
        fillRow(scores.subarray(row * itemCount, (row + 1) * itemCount), chosen, nearest, neighbors);
      return tf.tensor2d(scores, [batch, itemCount]);
    },
  };
}

/** Which items each query's history holds: 1 or 0 by item. */
function chosenIn({ history, mask }: Queries, itemCount: number): Uint8Array[] {
  const [batch, time] = history.shape;
  const [items, real] = [history.dataSync(), mask.dataSync()];
  return Array.from({ length: batch }, (_, row) => {
    const chosen = new Uint8Array(itemCount);
    for (let at = row * time; at < (row + 1) * time; at++) if (real[at] !== 0) chosen[items[at]!] = 1;
    return chosen;
  });
}

function fillRow(row: Float32Array, chosen: Uint8Array, { ids, similarities }: NearestItems, neighbors: number): void {
  for (let item = 0, at = 0; item < row.length; item++) {
    let score = 0;
    for (const end = at + neighbors; at < end; at++) if (chosen[ids[at]!]) score += similarities[at]!;
    row[item] = score;
  }
}
