/** Work that Footlight and its peers do in turns, on the same data. */
export interface BenchmarkCase {
  /** Heading of the table with this case. */
  readonly group: string;
  readonly name: string;
  /** What one time is of, e.g. `epoch`. */
  readonly unit: string;
  /** Floating-point operations of one unit. With it the page shows GFLOP/s instead of times. */
  readonly operations?: number;
  /** Target: the largest ratio of Footlight's time to that of the fastest peer. */
  readonly maxRatio?: number;
  /** Loads what the case needs. It runs before the first round, and nothing is measured meanwhile. */
  prepare(): Promise<PreparedCase>;
}

/** A case that is ready to run. */
export interface PreparedCase {
  /** Does the work once. */
  run(): Measurement | Promise<Measurement>;
  /** The same work for `peers/serve.py`; absent without peers. Several requests may need several processes. */
  readonly request?: PeerRequest | readonly PeerRequest[];
  /** Peers that do not run in `peers/serve.py`, by name. */
  readonly otherPeers?: Readonly<Record<string, () => Measurement | Promise<Measurement>>>;
  /** Whether peers start a new process for each run, so that its peak memory is that of one run. Default false. */
  readonly newProcesses?: boolean;
  /** Ends what the case has started, after the last round. */
  close?(): Promise<void>;
}

/** One run of a case. */
export interface Measurement {
  readonly seconds: number;
  /** Time of all processors together. */
  readonly processorSeconds?: number;
  /** Most memory that the process held at one time, its runtime included. */
  readonly peakBytes?: number;
  /** Rows of the outcome. They must be equal for Footlight and all peers. */
  readonly rows?: number;
  /** Checksum of the outcome. It must be equal for all that give one. */
  readonly checksum?: number;
}

/** A request to `peers/serve.py`: `work` names a function there, the other properties are its arguments. */
export interface PeerRequest {
  readonly work: string;
  readonly [name: string]: string | number;
}

/** Measures the time of a call, on the clock and of all processors. */
export function measureCall(work: () => void): Measurement & { readonly processorSeconds: number } {
  const [start, startOfProcessors] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(startOfProcessors);
  return { seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
}

/** `measureCall` of a call that ends later. */
export async function measureAsync(work: () => Promise<unknown>): Promise<Measurement> {
  const [start, startOfProcessors] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(startOfProcessors);
  return { seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
}

/** Measures repeated calls. @returns means per call */
export function measureCalls(count: number, work: () => void): Measurement {
  const { seconds, processorSeconds } = measureCall(() => {
    for (let call = 0; call < count; call++) work();
  });
  return { seconds: seconds / count, processorSeconds: processorSeconds / count };
}
