import { invalid } from '@footlight/core';
import { atRandom, byTime, leaveLastOut, type Split } from '@footlight/datasets';
import {
  adaptiveHingeLoss,
  bprLoss,
  hingeLoss,
  type Loss,
  logisticLoss,
  pointwiseLoss,
  sigmoidBprLoss,
  softmaxLoss,
  squaredLoss,
  warpLoss,
} from '@footlight/losses';
import { factorization, type Model, popularity, random } from '@footlight/models';
import type { ArtifactDescription } from '@footlight/trainer';

// The packages know no names of parts; people at a terminal do. This is the only place where one becomes the other.

export interface ModelOptions {
  readonly dim: number;
  readonly biases?: boolean;
}

export const models: Readonly<Record<string, (options: ModelOptions) => Model>> = {
  factorization: ({ dim, biases = true }) => factorization({ dim, biases }),
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

/** The model that an artifact was made with. */
export function modelOf({ model: { name, protocol } }: ArtifactDescription): Model {
  const make = models[String(protocol.name)] ?? invalid('footlight recommend', `an artifact of ${Object.keys(models).join(', ')}`, name);
  return make(protocol as unknown as ModelOptions); // its options are part of its protocol; embeddings are the usual ones
}
