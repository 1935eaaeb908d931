import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { ease } from '@footlight/models';
import { createRecommender, createScorerPredictor, type Predictor, type Recommender } from '@footlight/trainer';

// Shared by the tests of this package; not exported.

/** User 100 chose item 0, then item 40; user 101 chose nothing. Items 0, 10, …, 40 are named A to E. */
export const known: Interactions = {
  catalogue: {
    userCount: 2,
    itemCount: 5,
    userIds: Int32Array.of(100, 101),
    itemIds: Int32Array.of(0, 10, 20, 30, 40),
    itemTitles: ['A', 'B', 'C', 'D', 'E'],
    itemFeatures: {
      names: ['genre=Comedy', 'genre=Drama'],
      offsets: Int32Array.of(0, 1, 2, 3, 4, 5),
      ids: Int32Array.of(0, 1, 0, 1, 0),
    },
  },
  users: Int32Array.of(0, 0),
  items: Int32Array.of(0, 4),
  timestamps: Float64Array.of(1, 2),
};

/** A model of user ids whose scores are `factor` times those of a table; it folds in the last item of a history. */
export function createTableRecommender(factor = 1): Recommender {
  const scores = tf.tensor2d([
    [9, 1, 5, 4, 8].map((score) => factor * score),
    [1, 2, 3, 4, 5].map((score) => factor * score),
  ]);
  const predictor: Predictor = {
    reads: 'user',
    parameters: {},
    score: ({ users }) => tf.gather(scores, users) as tf.Tensor2D,
    scoreCandidates: ({ users }, candidates) => tf.gather(tf.gather(scores, users), candidates, 1, 1) as tf.Tensor2D,
    histories: {
      score: (history) => tf.tensor2d([[0, 1, 2, 3, 4].map((item) => factor * (item - (history.at(-1) ?? 0)))]),
    },
    itemVectors: () => tf.tensor2d([1, 0, 2, 0.1, 0, 1, -1, 0, 1, 1], [5, 2]),
  };
  return createRecommender(predictor, known);
}

/** The same scores as ratings. */
export function createRatingRecommender(): Recommender {
  const { predictor } = createTableRecommender();
  return createRecommender(predictor, known, {});
}

/** A model that compares items by weights, and has no vectors. */
export function createEaseRecommender(): Recommender {
  const train = { ...known, users: Int32Array.of(0, 0, 1, 1), items: Int32Array.of(0, 4, 0, 2) };
  return createRecommender(createScorerPredictor(ease({ regularization: 1 }).solve(train, createRng(1))), train);
}

/** Sends a body to a service; texts are sent as they are. */
export async function post(
  service: { fetch(request: Request): Promise<Response> },
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly body: never; readonly headers: Headers }> {
  const response = await service.fetch(
    new Request(`http://service${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
  return { status: response.status, body: (await response.json()) as never, headers: response.headers };
}
