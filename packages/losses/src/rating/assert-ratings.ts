import { assertShape } from '@footlight/core';
import type { RatingScores } from '../types.js';

/** Checks that there is one rating per predicted score. */
export function assertRatings(where: string, { predicted, rating }: RatingScores): void {
  const { query } = assertShape(`${where}(predicted)`, predicted, ['query']);
  assertShape(`${where}(rating)`, rating, ['query'], { query });
}
