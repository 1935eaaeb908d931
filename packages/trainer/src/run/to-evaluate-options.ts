import { createRng } from '@footlight/core';
import type { Interactions, Splits } from '@footlight/datasets';
import type { EvaluateOptions } from '../evaluate/types.js';
import { applyTies } from '../experiment/apply-ties.js';
import type { Experiment } from '../types.js';
import { markIds } from './mark-ids.js';
import type { RunOptions } from './types.js';

/** Collects the options of `evaluate` from an experiment. */
export function toEvaluateOptions(
  { metrics, ties, seen, candidates, loss, ratingScale, seed }: Experiment,
  { train }: Splits,
  { onProgress, signal }: RunOptions,
): EvaluateOptions {
  const rng = createRng(seed).fork('evaluate');
  const link = loss?.kind === 'rating' ? loss.link : undefined;
  return {
    ...{ metrics: applyTies(metrics, ties), seen, train, rng, link, ratingScale, onProgress, signal },
    ...(candidates === 'cold-items' && { candidateItems: listColdItems(train) }),
  };
}

/** The items without interactions, ascending. */
function listColdItems({ items, catalogue }: Interactions): Int32Array {
  const isTrained = markIds(items, catalogue.itemCount);
  return Int32Array.from(isTrained.keys()).filter((item) => isTrained[item] === 0);
}
