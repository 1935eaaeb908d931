/** One size at which a training step is measured, in a process of its own. */
export interface Point {
  readonly model: 'factorization' | 'lstm';
  readonly items: number;
  readonly batch: number;
  readonly dim: number;
  readonly threads: number;
}

/** What that process prints. */
export interface MeasuredPoint extends Point {
  /** One step, median. */
  readonly seconds: number;
  /** Most memory that the process had at one time, its runtime included. */
  readonly peakBytes: number;
}
