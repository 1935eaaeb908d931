import { yieldInterval, yieldToEvents } from '@footlight/core';
import type { Scorer, SolverStep } from '@footlight/models';
import type { RunOptions } from './types.js';

/** Runs the steps of a solver; between them, signals, timers and aborts have their turn a few times per second. */
export async function runSteps(
  steps: Generator<SolverStep, Scorer>,
  { onProgress, signal }: Pick<RunOptions, 'onProgress' | 'signal'>,
): Promise<Scorer> {
  let last = performance.now();
  try {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      if (value) onProgress?.(value);
      if (performance.now() - last < yieldInterval) continue;
      await yieldToEvents();
      signal?.throwIfAborted();
      last = performance.now();
    }
  } finally {
    steps.return(undefined as never); // disposes of what the solver holds
  }
}
