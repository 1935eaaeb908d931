import type { OnProgress } from '@footlight/core';
import type { Scorer, SolverStep } from '../types.js';

/** Runs the steps of a solver to the end, one after the other. */
export function solveSteps(steps: Generator<SolverStep, Scorer>, onProgress: OnProgress | undefined): Scorer {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (value) onProgress?.(value);
  }
}
