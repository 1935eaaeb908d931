import { invalid } from '@footlight/core';
import { findRows } from '../select-rows.js';
import type { Filter } from '../types.js';
import { type CatalogueMode, keepRows } from './keep-rows.js';

export interface MinimumRatingOptions {
  /** In the source's own scale. */
  readonly rating: number;
  /** Whether the rating itself passes. Default true. */
  readonly inclusive?: boolean;
  /** Whether users and items that lose all their interactions go (`compact`) or stay, as candidates too (`whole`). Default `compact`. */
  readonly catalogue?: CatalogueMode;
}

/**
 * Keeps what was liked: ratings from the minimum up, or above it.
 *
 * @throws {RecsysError} `invalid-argument` if there are no ratings, or none passes
 * @example
 * minimumRating({ rating: 3.5, inclusive: false }) // 4 stars and more, of half stars
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
      const passes = inclusive ? (row: number) => ratings[row]! >= rating : (row: number) => ratings[row]! > rating;
      return keepRows('minimumRating', interactions, findRows(ratings.length, passes), catalogue);
    },
  };
}
