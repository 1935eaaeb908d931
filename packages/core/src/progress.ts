/** Progress of a long operation. */
export interface Progress {
  /** Name of the operation, e.g. `download ml-100k.zip`, `read ratings.csv` or `evaluate`. */
  readonly label: string;
  /** Amount of work done so far, in `unit`. */
  readonly done: number;
  /** Total amount of work, in `unit`. Absent while it is unknown. */
  readonly total?: number;
  /** Unit of `done` and `total`. */
  readonly unit: 'bytes' | 'rows' | 'users' | 'steps';
}

/** A callback for progress. It is called at most a few times per second. */
export type OnProgress = (progress: Progress) => void;
