import type { Described } from '@footlight/core';
import type { RatingMetricOptions } from './types.js';

/** Creates the name, the protocol and the signed error of a rating metric, on the source's scale or on another. */
export function createRatingError(
  metric: string,
  { scale }: RatingMetricOptions,
): Described & { readonly error: (predicted: number, rating: number) => number } {
  if (!scale) return { name: metric, protocol: {}, error: (predicted, rating) => predicted - rating };
  return {
    name: `${metric}(${scale.name})`,
    protocol: { scale: scale.protocol },
    error: (predicted, rating) => scale.toModel(predicted) - scale.toModel(rating),
  };
}
