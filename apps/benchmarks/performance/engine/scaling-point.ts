/** Sizes at which a training step is measured, in a process of its own. */
export interface ScalingPoint {
  readonly model: 'factorization' | 'lstm';
  /** Items in the catalogue. */
  readonly items: number;
  /** Pairs or sequences per step. */
  readonly batch: number;
  readonly dim: number;
  readonly threads: number;
}

/** Output of `scaling-process.ts`. */
export interface MeasuredPoint extends ScalingPoint {
  /** Median time of a step. */
  readonly seconds: number;
  /** Most memory that the process held at one time, its runtime included. */
  readonly peakBytes: number;
}
