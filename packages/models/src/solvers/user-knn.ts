import { assertChoice, assertInteger, assertNumber, invalid, omitUndefined } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import type { Scorer, Solver } from '../types.js';
import { countFeedback, type ImplicitFeedback } from './implicit-feedback.js';
import { createUserScorer, type UserSimilarity, type UserSimilarityOptions } from './user-scorer.js';
import type { FeedbackWeighting } from './weight-feedback.js';

const similarities = ['cosine', 'jaccard', 'dot-product'] as const;
const weightings = ['none', 'tf-idf', 'bm25'] as const;

export interface UserKnnOptions {
  /** Neighbors per user, k. Default 100. */
  readonly neighbors?: number;
  /**
   * Similarity of two users with the vectors a and b of the items that they chose. `cosine`: a·b / (|a| |b| + shrink);
   * `dot-product`: a·b; `jaccard`: c / (n + m − c + shrink), where the users chose n and m items and c both. Default
   * `cosine`.
   */
  readonly similarity?: UserSimilarity;
  /** Added to the denominator, so that similarities from few items count less, from 0. Default 0. */
  readonly shrink?: number;
  /**
   * Entries of the vectors of users: 1 for each item (`none`), or weights that count popular items less, after
   * `tfidf_weight` (`tf-idf`) and `bm25_weight` (`bm25`) of the library implicit. Default `none`.
   */
  readonly weighting?: FeedbackWeighting;
  /** k₁ of BM25: how much repeated choices count, from 0. Default 1.2. */
  readonly k1?: number;
  /** b of BM25: how much users with many choices are discounted, from 0 to 1. Default 0.75. */
  readonly b?: number;
}

/**
 * User-based k-nearest neighbors: scores an item by the sum of the similarities of the nearest users who chose it.
 *
 * $$ s_{ui} = \sum_{v \in N_k(u), \, i \in H_v} w_{uv}, \quad w_{uv} = \frac{|H_u \cap H_v|}{\sqrt{|H_u| |H_v|} + h} $$
 *
 * where $H_u$ is the history of user u, $N_k(u)$ the k users most similar to u, the lower id first among equals, and h
 * the shrink. Neighbors are found when the model is asked, from the history alone, so it scores unknown users. Users
 * who chose nothing beyond the history, such as the user itself, are no neighbors: they recommend nothing. Items of a
 * history count once; what training users chose repeatedly counts more with a weighting.
 *
 * It stores the training interactions.
 *
 * @example
 * userKnn({ neighbors: 50, shrink: 10 }).solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Herlocker et al., SIGIR 1999, https://doi.org/10.1145/312624.312682; options as in Ferrari Dacrema et al.,
 *   RecSys 2019, https://arxiv.org/abs/1907.06902
 */
export function userKnn(options: UserKnnOptions = {}): Solver {
  const settings = checkOptions(options);
  const { neighbors, similarity, shrink, weighting, k1, b } = settings;
  return {
    kind: 'solver',
    name: `user-knn(${neighbors})`,
    protocol: {
      ...{ name: 'user-knn', neighbors, similarity },
      ...omitUndefined({
        shrink: similarity === 'dot-product' ? undefined : shrink,
        weighting: weighting === 'none' ? undefined : weighting,
        k1: weighting === 'bm25' ? k1 : undefined,
        b: weighting === 'bm25' ? b : undefined,
      }),
    },
    reads: 'basket',
    solve: (train): Scorer => createUserScorer(train.catalogue, settings, countFeedback(train)),
    restore: (data, shapes) =>
      createUserScorer(data, settings, createEmptyFeedback(data.userCount, countEntries(data.interactions, shapes))),
  };
}

type Shapes = Parameters<Solver['restore']>[1];

function countEntries(train: Interactions | undefined, shapes: Shapes): number {
  return shapes?.get('feedback/items')?.[0] ?? (train ? countFeedback(train).ids.length : 0);
}

function createEmptyFeedback(userCount: number, entries: number): ImplicitFeedback {
  return { offsets: new Int32Array(userCount + 1), ids: new Int32Array(entries), counts: new Float32Array(entries) };
}

function checkOptions(options: UserKnnOptions): UserSimilarityOptions {
  const { neighbors = 100, similarity = 'cosine', shrink = 0, weighting = 'none', k1 = 1.2, b = 0.75 } = options;
  assertInteger('userKnn(neighbors)', neighbors);
  assertChoice('userKnn(similarity)', similarity, similarities);
  assertChoice('userKnn(weighting)', weighting, weightings);
  assertNumber('userKnn(shrink)', shrink, { from: 0 });
  assertNumber('userKnn(k1)', k1, { from: 0 });
  assertNumber('userKnn(b)', b, { from: 0, to: 1 });
  if (similarity === 'jaccard' && weighting !== 'none')
    invalid('userKnn(weighting)', "'none' for the similarity jaccard, which compares sets", weighting);
  if (similarity === 'dot-product' && options.shrink !== undefined)
    invalid('userKnn(shrink)', 'none for the similarity dot-product, which has no denominator', options.shrink);
  for (const name of ['k1', 'b'] as const)
    if (weighting !== 'bm25' && options[name] !== undefined)
      invalid(`userKnn(${name})`, "none unless the weighting is 'bm25'", options[name]);
  return { neighbors, similarity, shrink, weighting, k1, b };
}
