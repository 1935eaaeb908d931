import { invalid } from '@footlight/core';
import { findRows } from '../select-rows.js';
import type { Filter } from '../types.js';
import { type CatalogueMode, keepRows } from './keep-rows.js';

export interface MinimumRatingOptions {
  /** Minimum rating, in the scale of the source. */
  readonly rating: number;
  /** Whether an interaction with exactly this rating is kept. Default true. */
  readonly inclusive?: boolean;
  /**
   * Whether users and items without remaining interactions are removed (`compact`, default) or stay, as candidates too
   * (`whole`).
   */
  readonly catalogue?: CatalogueMode;
}

/**
 * Keeps interactions with a rating of at least the minimum, or above it; the usual way to turn ratings into implicit
 * feedback.
 *
 * @throws {RecsysError} `invalid-argument` without ratings, or if no interaction remains
 * @example
 * minimumRating({ rating: 3.5, inclusive: false }) // with half stars: 4 and more
 */
export function minimumRating({ rating, inclusive = true, catalogue = 'compact' }: MinimumRatingOptions): Filter {
  if (!Number.isFinite(rating)) invalid('minimumRating(rating)', 'a finite number', rating);
  const name = `minimum-rating(${inclusive ? '' : 'above '}${rating})`;
  return {
    name,
    protocol: { name: 'minimum-rating', rating, inclusive, ...(catalogue === 'whole' ? { catalogue } : {}) },
    apply(interactions) {
      const { ratings = invalid('minimumRating', 'interactions with ratings', 'none', 'Name the rating column.') } =
        interactions;
      const least = Math.fround(rating); // as ratings are stored
      const passes = inclusive ? (row: number) => ratings[row]! >= least : (row: number) => ratings[row]! > least;
      return keepRows('minimumRating', interactions, findRows(ratings.length, passes), catalogue);
    },
  };
}
