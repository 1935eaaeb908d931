import { assertChoice, assertInteger, assertNumber, invalid, omitUndefined } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import type { NearestSetsOptions } from '@footlight/engine';
import type { Scorer, Solver, SolverStep } from '../types.js';
import { findNeighbors } from './find-neighbors.js';
import { countFeedback, transposeFeedback } from './implicit-feedback.js';
import { createNeighborScorer, type NeighborScorerOptions } from './neighbor-scorer.js';
import { solveSteps } from './solve-steps.js';
import { type FeedbackWeighting, transposeWeighted, weightFeedback } from './weight-feedback.js';

const similarities = ['cosine', 'jaccard', 'asymmetric-cosine', 'dot-product'] as const;
const weightings = ['none', 'tf-idf', 'bm25'] as const;

export interface ItemKnnOptions {
  /** Neighbors per item, k. Default 100. */
  readonly neighbors?: number;
  /**
   * Similarity of two items with the vectors a and b of the users who chose them. `cosine`: a·b / (|a| |b| + shrink);
   * `asymmetric-cosine`: a·b / (|a|^2α |b|^2(1 − α) + shrink), where b is the item in the history; `dot-product`: a·b;
   * `jaccard`: c / (n + m − c + shrink), where n and m users chose the two items and c users both. Default `cosine`.
   */
  readonly similarity?: (typeof similarities)[number];
  /** α of `asymmetric-cosine`, from 0 to 1; 0.5 is the cosine. Default 0.5. */
  readonly asymmetry?: number;
  /** Added to the denominator, so that similarities from few users count less, from 0. Default 0. */
  readonly shrink?: number;
  /**
   * Entries of the vectors of items: 1 for each user who chose it (`none`), or weights that count users with many
   * choices less, after `tfidf_weight` (`tf-idf`) and `bm25_weight` (`bm25`) of the library implicit, whose
   * recommenders are `cosine` with `tf-idf`, and `dot-product` with `bm25`. Default `none`.
   */
  readonly weighting?: FeedbackWeighting;
  /** k₁ of BM25: how much repeated choices count, from 0. Default 1.2. */
  readonly k1?: number;
  /** b of BM25: how much items that many chose are discounted, from 0 to 1. Default 0.75. */
  readonly b?: number;
  /** Number of a user's last items that are read. Default: all. */
  readonly history?: number;
}

/**
 * Item-based k-nearest neighbors: scores an item by the sum of its similarities to its neighbors in the history.
 *
 * $$ s_{ui} = \sum_{j \in N_k(i) \cap H_u} w_{ij}, \quad w_{ij} = \frac{|U_i \cap U_j|}{\sqrt{|U_i| |U_j|} + h} $$
 *
 * where $U_i$ are the users who chose item i, $H_u$ the items of the history of user u, $N_k(i)$ the k items most
 * similar to item i, and h is the shrink. Repeated choices count once without weighting. Reads histories, so it scores
 * unknown users.
 *
 * @example
 * itemKnn({ neighbors: 50, shrink: 10 }).solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Sarwar, Karypis, Konstan, Riedl, WWW 2001, https://doi.org/10.1145/371920.372071; asymmetric cosine: Aiolli,
 *   RecSys 2013; options as in Ferrari Dacrema et al., RecSys 2019, https://arxiv.org/abs/1907.06902
 */
export function itemKnn(options: ItemKnnOptions = {}): Solver {
  const settings = checkOptions(options);
  const { neighbors, similarity, shrink, weighting, k1, b, asymmetry } = settings;
  const reads = options.history === undefined ? 'basket' : { history: options.history };
  const scorer: NeighborScorerOptions = { name: 'itemKnn', neighbors, listsOf: 'candidate', reads };
  return {
    kind: 'solver',
    name: `item-knn(${neighbors})`,
    protocol: {
      name: 'item-knn',
      neighbours: neighbors,
      similarity,
      shrink,
      history: options.history ?? 'all',
      ...omitUndefined({
        asymmetry: similarity === 'asymmetric-cosine' ? asymmetry : undefined,
        weighting: weighting === 'none' ? undefined : weighting,
        k1: weighting === 'bm25' ? k1 : undefined,
        b: weighting === 'bm25' ? b : undefined,
      }),
    },
    reads,
    solve: (train, _rng, onProgress) => solveSteps(solveInSteps(train), onProgress),
    solveInSteps,
    restore: (data) => createNeighborScorer(data, scorer),
  };

  function* solveInSteps(train: Interactions): Generator<SolverStep, Scorer> {
    const lists = yield* findNeighbors({ ...describeSimilarity(train, settings), count: neighbors, shrink });
    return createNeighborScorer(train.catalogue, scorer, lists);
  }
}

type Settings = Required<Omit<ItemKnnOptions, 'history'>>;

function checkOptions(options: ItemKnnOptions): Settings {
  const { neighbors = 100, similarity = 'cosine', shrink = 0, weighting = 'none', history } = options;
  const { asymmetry = 0.5, k1 = 1.2, b = 0.75 } = options;
  assertInteger('itemKnn(neighbors)', neighbors);
  if (history !== undefined) assertInteger('itemKnn(history)', history);
  assertChoice('itemKnn(similarity)', similarity, similarities);
  assertChoice('itemKnn(weighting)', weighting, weightings);
  assertNumber('itemKnn(asymmetry)', asymmetry, { from: 0, to: 1 });
  assertNumber('itemKnn(shrink)', shrink, { from: 0 });
  assertNumber('itemKnn(k1)', k1, { from: 0 });
  assertNumber('itemKnn(b)', b, { from: 0, to: 1 });
  if (similarity === 'jaccard' && weighting !== 'none')
    invalid('itemKnn(weighting)', "'none' for the similarity jaccard, which compares sets", weighting);
  if (similarity !== 'asymmetric-cosine' && options.asymmetry !== undefined)
    invalid('itemKnn(asymmetry)', "none unless the similarity is 'asymmetric-cosine'", asymmetry);
  for (const name of ['k1', 'b'] as const)
    if (weighting !== 'bm25' && options[name] !== undefined)
      invalid(`itemKnn(${name})`, "none unless the weighting is 'bm25'", options[name]);
  return { neighbors, similarity, asymmetry, shrink, weighting, k1, b };
}

/** The items as sets of users, and the similarity of the engine. */
function describeSimilarity(
  train: Interactions,
  { similarity, asymmetry, ...weights }: Settings,
): Pick<NearestSetsOptions, 'sets' | 'members' | 'similarity' | 'scales'> {
  const { userCount, itemCount } = train.catalogue;
  const sets = weightFeedback(transposeFeedback(countFeedback(train), itemCount), userCount, weights);
  const members = transposeWeighted(sets, userCount);
  if (similarity === 'jaccard' || (similarity === 'cosine' && weights.weighting === 'none'))
    return { sets, members, similarity };
  if (similarity === 'dot-product') return { sets, members, similarity: 'product' };
  const alpha = similarity === 'cosine' ? 0.5 : asymmetry;
  const squares = Float64Array.from({ length: itemCount }, (_, item) => {
    const [begin, end] = [sets.offsets[item]!, sets.offsets[item + 1]!];
    return sets.weights?.subarray(begin, end).reduce((sum, weight) => sum + weight * weight, 0) ?? end - begin;
  });
  const scales = {
    own: Float32Array.from(squares, (square) => square ** alpha),
    other: Float32Array.from(squares, (square) => square ** (1 - alpha)),
  };
  return { sets, members, similarity: 'product', scales };
}
