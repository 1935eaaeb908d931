import { assertShape } from '@footlight/core';
import type { RatingLoss } from '../types.js';

/** Checks that there is one rating per prediction. */
export function assertRatings(where: string, { predicted, rating }: Parameters<RatingLoss['compute']>[0]): void {
  const { query } = assertShape(`${where}(predicted)`, predicted, ['query']);
  assertShape(`${where}(rating)`, rating, ['query'], { query });
}
