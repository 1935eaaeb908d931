import { RecsysError } from '@footlight/core';
import type { ExperimentResult } from './result.js';

/**
 * Checks that results equal the published values, rounded to the number of digits in the publication.
 *
 * @throws {RecsysError} `published-missed` that lists the metrics that differ
 */
export function assertPublishedReached(results: readonly ExperimentResult[]): void {
  const missed = results.flatMap(({ experiment, metrics, published }) =>
    Object.entries(published).flatMap(([metric, value]) => {
      const digits = String(value).split('.')[1]?.length ?? 0;
      const ours = metrics[metric]?.mean;
      if (ours === undefined) return []; // the loss and the best epoch of a write-up, which depend on its data and seed
      return ours.toFixed(digits) === value.toFixed(digits)
        ? []
        : [`${metric} ${value} for ${experiment}, received ${ours.toFixed(digits + 2)}`];
    }),
  );
  if (missed.length > 0)
    throw new RecsysError('published-missed', `footlight run --check: expected ${missed.join('; ')}.`);
}
