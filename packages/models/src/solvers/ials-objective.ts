import type { LeastSquares } from '@footlight/engine';
import type { FoldInChoicesOptions } from '../fold-in/fold-in-choices.js';
import type { ImplicitFeedback } from './implicit-feedback.js';

/** The objective of `ials`. */
export interface Objective {
  readonly regularization: number;
  readonly confidence: number;
  readonly unobservedWeight: number | undefined;
  readonly frequencyExponent: number;
}

/** The weights of the objective, divided by that of the zeros. */
export function scaleWeights({
  confidence,
  unobservedWeight,
}: Objective): Pick<FoldInChoicesOptions, 'confidence' | 'zeros'> {
  return unobservedWeight === undefined
    ? { confidence, zeros: 'elsewhere' }
    : { confidence: 1 / unobservedWeight, zeros: 'everywhere' };
}

/** λ of a row with `count` chosen columns out of `columnCount`, divided by the weight of the zeros. */
export function scaleRegularization(objective: Objective, count: number, columnCount: number): number {
  const { regularization, unobservedWeight: zero = 1, frequencyExponent } = objective;
  return (regularization * (count + zero * columnCount) ** frequencyExponent) / zero;
}

/** The least squares problems of all rows. */
export function toWeightedRows(
  { counts, ...entries }: ImplicitFeedback,
  columnCount: number,
  objective: Objective,
): Pick<LeastSquares, 'entries' | 'confidences' | 'zeros' | 'regularization' | 'regularizations'> {
  const { confidence, zeros = 'elsewhere' } = scaleWeights(objective);
  const rows = { entries, confidences: counts.map((n) => 1 + confidence * n), zeros };
  if (objective.frequencyExponent === 0)
    return { ...rows, regularization: scaleRegularization(objective, 0, columnCount) };
  const regularizations = Float32Array.from(entries.offsets.subarray(1), (end, row) =>
    scaleRegularization(objective, end - entries.offsets[row]!, columnCount),
  );
  return { ...rows, regularization: 0, regularizations };
}
