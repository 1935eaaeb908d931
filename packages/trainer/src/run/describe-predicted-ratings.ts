import { omitUndefined } from '@footlight/core';
import type { PredictedRatings } from '../recommend/types.js';
import type { Experiment } from '../types.js';

/** How scores become ratings; `undefined` for models that only rank. */
export function describePredictedRatings({ loss, metrics, ratingScale }: Experiment): PredictedRatings | undefined {
  const predictsRatings = loss?.kind === 'rating' || metrics.some(({ kind }) => kind === 'rating');
  if (!predictsRatings) return undefined;
  return omitUndefined({ loss: loss?.kind === 'rating' ? loss : undefined, scale: ratingScale });
}
