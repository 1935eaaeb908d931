import type { StoredResult } from '../result.js';
import { findBest } from './names.js';

/** What experiments are compared with, the most demanding kind first. */
const kinds = [/popularity/, /^constant-rating/, /^random\b/];

/**
 * Finds the baseline among experiments of one protocol: recommendations by popularity; without them a constant rating,
 * or random recommendations. Of several, that with the best mean.
 */
export function findBaseline<R extends Pick<StoredResult, 'name' | 'training' | 'metrics'>>(
  results: readonly R[],
  metric: string,
): R | undefined {
  for (const kind of kinds) {
    const found = results.filter((result) => kind.test(getModelName(result)));
    if (found.length > 0) return findBest(found, ({ metrics }) => metrics[metric]?.mean ?? Number.NaN, metric);
  }
  return undefined;
}

/** The name of the model: the training names learned ones; of others it ends the name of the result. */
export function getModelName({ name, training }: Pick<StoredResult, 'name' | 'training'>): string {
  const model = training?.model as { readonly name?: unknown } | undefined;
  return typeof model?.name === 'string' ? model.name : (name.split(' / ').at(-1) ?? name);
}
