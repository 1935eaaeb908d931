import { canonicalJson, invalid } from '@footlight/core';
import { atRandom, byTime, leaveLastOut, type RatingScaleOptions, ratingScale, type Split } from '@footlight/datasets';
import {
  adaptiveHingeLoss,
  bprLoss,
  hingeLoss,
  type Loss,
  logisticLoss,
  logisticRatingLoss,
  pointwiseLoss,
  poissonLoss,
  sigmoidBprLoss,
  softmaxLoss,
  squaredLoss,
  warpLoss,
} from '@footlight/losses';
import {
  cosineFactorization,
  factorization,
  factorizationMachine,
  type Model,
  neuralCollaborativeFiltering,
  popularity,
  random,
} from '@footlight/models';
import type { ArtifactDescription, PredictedRatings } from '@footlight/trainer';
import { experimentOf, rowNames } from './experiments.js';

// The packages know no names of parts; people at a terminal do. This is the only place where one becomes the other.

export interface ModelOptions {
  readonly dim: number;
  readonly biases?: boolean;
}

export const models: Readonly<Record<string, (options: ModelOptions) => Model>> = {
  factorization: ({ dim, biases = true }) => factorization({ dim, biases }),
  'cosine-factorization': ({ dim }) => cosineFactorization({ dim }),
  'neural-collaborative-filtering': ({ dim }) => neuralCollaborativeFiltering({ userDim: dim, itemDim: dim }),
  'factorization-machine': ({ dim }) => factorizationMachine({ dim }),
  popularity,
  random,
};

export const losses: Readonly<Record<string, () => Loss>> = {
  bpr: bprLoss,
  'sigmoid-bpr': sigmoidBprLoss,
  pointwise: pointwiseLoss,
  logistic: logisticLoss,
  hinge: hingeLoss,
  'adaptive-hinge': adaptiveHingeLoss,
  warp: warpLoss,
  softmax: softmaxLoss,
  squared: squaredLoss,
};

export const splits: Readonly<Record<string, () => Split>> = {
  'leave-last-out': leaveLastOut,
  random: () => atRandom({ test: 0.2 }),
  'by-time': () => byTime({ test: 0.2 }),
};

/** How the scores of an artifact become ratings; none if it does not predict any. */
export function ratingsOf({ ratings }: ArtifactDescription): PredictedRatings | undefined {
  if (!ratings) return undefined;
  const { loss, scale } = ratings;
  const found = loss === undefined ? undefined : Object.values(ratingLosses).find(({ name }) => name === loss);
  if (loss !== undefined && !found)
    invalid('footlight predict', `an artifact of ${Object.keys(ratingLosses).join(', ')}`, loss);
  return {
    ...(found ? { loss: found } : {}),
    ...(scale ? { scale: ratingScale(scale as unknown as RatingScaleOptions) } : {}),
  };
}

const ratingLosses = { squared: squaredLoss(), poisson: poissonLoss(), logistic: logisticRatingLoss() } as const;

/**
 * The model that an artifact was made with: one of a file of yours, or that of a row.
 *
 * @throws {RecsysError} `invalid-argument` if no row has such a model any more
 */
export async function modelOf({ model: { name, protocol } }: ArtifactDescription): Promise<Model> {
  const same = (model: Model) => canonicalJson(model.protocol) === canonicalJson(protocol);
  const own = models[String(protocol['name'])]?.(protocol as unknown as ModelOptions);
  if (own && same(own)) return own;
  for (const row of rowNames()) {
    const { model } = await experimentOf(row);
    if (same(model)) return model;
  }
  return invalid(
    'footlight recommend',
    'an artifact of a model that a row has',
    name,
    'Options of the row may have changed since: run it again.',
  );
}
