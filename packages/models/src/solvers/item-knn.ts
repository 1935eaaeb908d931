import { assertInteger, assertNumber, invalid } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { allocateZeros, nearestSets, type Similarity, tf } from '@footlight/engine';
import type { DataSummary, Queries, Scorer, Solver, SolverStep } from '../types.js';
import { countFeedback, transposeFeedback } from './implicit-feedback.js';
import { solveRanges } from './solve-ranges.js';
import { solveSteps } from './solve-steps.js';

export interface ItemKnnOptions {
  /** Neighbors per item, k. Default 100. */
  readonly neighbors?: number;
  /**
   * `cosine`: c / (√(ab) + shrink), or `jaccard`: c / (a + b − c + shrink), where a and b users chose the two items and
   * c users both. Default `cosine`.
   */
  readonly similarity?: Similarity;
  /** Added to the denominator, so that similarities from few users count less, from 0. Default 0. */
  readonly shrink?: number;
  /** Number of a user's last items that are read. Default 1000. */
  readonly history?: number;
}

/**
 * Item-based k-nearest neighbors: scores an item by the sum of its similarities to its neighbors in the history.
 *
 * $$ s_{ui} = \sum_{j \in N_k(i) \cap H_u} w_{ij}, \quad w_{ij} = \frac{|U_i \cap U_j|}{\sqrt{|U_i| |U_j|} + h} $$
 *
 * where $U_i$ are the users who chose item i, $H_u$ the items of the history of user u, $N_k(i)$ the k items most
 * similar to item i, and h is the shrink. Repeated choices count once. Reads histories, so it scores unknown users.
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
  assertNumber('itemKnn(shrink)', shrink, { from: 0 });
  return {
    kind: 'solver',
    name: `item-knn(${neighbors})`,
    protocol: { name: 'item-knn', neighbours: neighbors, similarity, shrink, history },
    reads: { history },
    solve: (train, _rng, onProgress) => solveSteps(solveInSteps(train), onProgress),
    solveInSteps,
    restore: (data) => createScorer(data, { history, neighbors }),
  };

  function* solveInSteps(train: Interactions): Generator<SolverStep, Scorer> {
    const nearest = yield* findNeighbors(train, neighbors, similarity, shrink);
    return createScorer(train.catalogue, { history, neighbors }, nearest);
  }
}

/** The nearest neighbors of every item. */
interface NearestItems {
  /** `[item, neighbor]` */
  readonly ids: Int32Array;
  /** `[item, neighbor]` */
  readonly similarities: Float32Array;
}

function* findNeighbors(
  train: Interactions,
  count: number,
  similarity: Similarity,
  shrink: number,
): Generator<SolverStep, NearestItems> {
  const { itemCount } = train.catalogue;
  const members = countFeedback(train);
  const sets = transposeFeedback(members, itemCount);
  const [ids, similarities] = [new Int32Array(itemCount * count), new Float32Array(itemCount * count)];
  yield* solveRanges({
    count: itemCount,
    solve(begin, end) {
      const nearest = nearestSets({ sets, members, count, similarity, shrink, range: [begin, end] });
      ids.set(nearest.ids, begin * count);
      similarities.set(nearest.similarities, begin * count);
    },
  });
  return { ids, similarities };
}

function createScorer(
  { itemCount }: DataSummary,
  { history, neighbors }: { history: number; neighbors: number },
  neighborhoods?: NearestItems,
): Scorer {
  const shape: [number, number] = [itemCount, neighbors];
  const size = itemCount * neighbors;
  const similarities = tf.tidy(() =>
    tf.variable(tf.tensor2d(neighborhoods?.similarities ?? allocateZeros(size), shape), false),
  );
  const ids = tf.tidy(() =>
    tf.variable(tf.tensor2d(neighborhoods?.ids ?? new Int32Array(size), shape, 'int32'), false),
  );
  return {
    reads: { history },
    parameters: { ids, similarities },
    idCounts: { ids: itemCount },
    similarities(item) {
      const own = new Float32Array(itemCount);
      const [nearest, values] = [ids.dataSync(), similarities.dataSync()];
      for (let at = item * neighbors; at < (item + 1) * neighbors; at++)
        if (values[at]! > 0) own[nearest[at]!] = values[at]!;
      return tf.tensor2d(own, [1, itemCount]);
    },
    score(queries) {
      const batch = queries.users.shape[0];
      const nearest = { ids: ids.dataSync() as Int32Array, similarities: similarities.dataSync() as Float32Array };
      const scores = new Float32Array(batch * itemCount);
      for (const [row, chosen] of markChosen(queries, itemCount).entries())
        fillRow(scores.subarray(row * itemCount, (row + 1) * itemCount), chosen, nearest, neighbors);
      return tf.tensor2d(scores, [batch, itemCount]);
    },
  };
}

/** Marks the items of each query's history: 1 or 0 by item. */
function markChosen({ history, mask }: Queries, itemCount: number): Uint8Array[] {
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
