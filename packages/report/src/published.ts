import { RecsysError } from '@footlight/core';
import type { Result } from './result.js';

/**
 * Holds ours against what was published, rounded to as many digits as the publication gives.
 *
 * @throws {RecsysError} `published-missed`, naming what was missed
 */
export function assertPublished(results: readonly Result[]): void {
  const missed = results.flatMap(({ row, metrics, published }) =>
    Object.entries(published).flatMap(([metric, value]) => {
      const digits = String(value).split('.')[1]?.length ?? 0;
      const ours = metrics[metric]!.mean;
      return ours.toFixed(digits) === value.toFixed(digits)
        ? []
        : [`${metric} ${value} for ${row}, received ${ours.toFixed(digits + 2)}`];
    }),
  );
  if (missed.length > 0)
    throw new RecsysError('published-missed', `footlight run --check: expected ${missed.join('; ')}.`);
}
