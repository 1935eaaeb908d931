/** How far a long piece of work is. Handed to `onProgress` callbacks; at most a few times a second. */
export interface Progress {
  /** What is being done, e.g. `download ml-100k.zip`, `read ratings.csv`, `evaluate`. */
  readonly label: string;
  /** Work done so far, in `unit`. */
  readonly done: number;
  /** Work in all, in `unit`; absent while it is not known. */
  readonly total?: number;
  /** What `done` and `total` count. */
  readonly unit: 'bytes' | 'rows' | 'users' | 'steps';
}

export type OnProgress = (progress: Progress) => void;
