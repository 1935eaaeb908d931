import { invalid } from '@footlight/core';
import { formatValue, parseSpec } from '../components/parse-spec.js';
import type { TableExperimentOptions } from './types.js';

/** Whether negatives are drawn from low ratings, which a filter must set aside. */
export function drawsLowRated({ negatives }: Pick<TableExperimentOptions, 'negatives'>): boolean {
  return negatives !== undefined && /^low-rated(\(|$)/.test(negatives);
}

/** Checks that a sampler of low-rated items finds some. */
export function assertNegatives(options: TableExperimentOptions): void {
  if (!drawsLowRated(options)) return;
  if (options.rating === undefined)
    invalid('--negatives low-rated', 'a file with ratings', 'none', 'Name their column with --rating.');
  const filters = (options.filter ?? []).map((filter) => parseSpec('--filter', filter));
  const setsAside = filters.some(
    ({ name, options: { below } }) => name === 'minimum-rating' && formatValue(below ?? '') === 'negatives',
  );
  if (options.minimumRating === undefined && !setsAside)
    invalid(
      '--negatives low-rated',
      'the lowest rating of a positive',
      'none',
      'Add --minimum-rating, or --filter "minimum-rating(rating=…, below=negatives)".',
    );
}
