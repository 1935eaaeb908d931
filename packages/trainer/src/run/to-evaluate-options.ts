import { createRng } from '@footlight/core';
import type { Splits } from '@footlight/datasets';
import type { EvaluateOptions } from '../evaluate/types.js';
import { applyTies } from '../experiment/apply-ties.js';
import type { Experiment } from '../types.js';
import type { RunOptions } from './types.js';

/** Collects the options of `evaluate` from an experiment. */
export function toEvaluateOptions(
  { metrics, ties, seen, loss, ratingScale, seed }: Experiment,
  { train }: Splits,
  { onProgress, signal }: RunOptions,
): EvaluateOptions {
  const rng = createRng(seed).fork('evaluate');
  const link = loss?.kind === 'rating' ? loss.link : undefined;
  return { metrics: applyTies(metrics, ties), seen, train, rng, link, ratingScale, onProgress, signal };
}
