/** One piece of work that Footlight and its peers do in turns. */
export interface Contest {
  /** Heading that it stands under. */
  readonly group: string;
  readonly name: string;
  /** What one time is of. */
  readonly per: 'product' | 'epoch' | 'iteration' | 'step' | 'ranking';
  /** Floating-point operations of one, where a rate says more than a time. */
  readonly operations?: number;
  /** The most that our time by the best peer's should be. */
  readonly bar: number;
  /** Brings what it needs into memory. Called before the first turn, and nothing else is measured meanwhile. */
  prepare(): Promise<Prepared>;
}

export interface Prepared {
  /** Does the work once. @returns seconds */
  ours(): number | Promise<number>;
  /** What `peers.py` is asked to do the same with; absent where no peer can be had. Several are each for a process of its own, see `peersOf`. */
  readonly request?: Request | readonly Request[];
}

/** A line to `peers.py`: `work` names what is done there, the rest are its sizes and files. */
export interface Request {
  readonly work: string;
  readonly [name: string]: string | number;
}

/** Seconds of a call. */
export function timed(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}
