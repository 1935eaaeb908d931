import { assertNumber, invalid } from '@footlight/core';
import { joinColumns } from '../concatenate-interactions.js';
import { findRows, selectRows } from '../select-rows.js';
import type { Filter, Interactions } from '../types.js';
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
  /**
   * What happens to the other interactions: they are dropped (`drop`, default), or set aside as explicit negatives for
   * `lowRatedNegatives` (`negatives`). Low ratings of users and items that leave the catalogue, here or in a later
   * filter, are dropped with them; with `catalogue: 'whole'`, items that have only low ratings stay.
   */
  readonly below?: 'drop' | 'negatives';
}

/**
 * Keeps interactions with a rating of at least the minimum, or above it; the usual way to turn ratings into implicit
 * feedback.
 *
 * @throws {RecsysError} `invalid-argument` without ratings, or if no interaction remains
 * @example
 * minimumRating({ rating: 3.5, inclusive: false }) // with half stars: 4 and more
 */
export function minimumRating(options: MinimumRatingOptions): Filter {
  const { rating, inclusive = true, catalogue = 'compact', below = 'drop' } = options;
  assertNumber('minimumRating(rating)', rating);
  if (below !== 'drop' && below !== 'negatives') invalid('minimumRating(below)', "'drop' or 'negatives'", below);
  const setsAside = below === 'negatives';
  const name = `minimum-rating(${inclusive ? '' : 'above '}${rating}${setsAside ? ', below negatives' : ''})`;
  return {
    name,
    protocol: {
      name: 'minimum-rating',
      rating,
      inclusive,
      ...(catalogue === 'whole' ? { catalogue } : {}),
      ...(setsAside ? { below } : {}),
    },
    apply(interactions) {
      const { ratings = invalid('minimumRating', 'interactions with ratings', 'none', 'Name the rating column.') } =
        interactions;
      const least = Math.fround(rating); // as ratings are stored
      const passes = inclusive ? (row: number) => ratings[row]! >= least : (row: number) => ratings[row]! > least;
      const rows = findRows(ratings.length, passes);
      const others = () => findRows(ratings.length, (row) => !passes(row));
      return keepRows('minimumRating', setsAside ? setAside(interactions, others()) : interactions, rows, catalogue);
    },
  };
}

/** The same interactions, some of which are set aside as low-rated too. */
function setAside(interactions: Interactions, rows: Int32Array): Interactions {
  const { users, items, ratings, timestamps, lowRated } = selectRows(interactions, rows);
  const added = { users, items, ratings: ratings!, ...(timestamps && { timestamps }) };
  if (!lowRated) return { ...interactions, lowRated: added };
  const times = lowRated.timestamps && timestamps && { timestamps: joinColumns(lowRated.timestamps, timestamps) };
  return {
    ...interactions,
    lowRated: {
      users: joinColumns(lowRated.users, users),
      items: joinColumns(lowRated.items, items),
      ratings: joinColumns(lowRated.ratings, added.ratings),
      ...times,
    },
  };
}
