import type { PeerRequest } from '../measure/benchmark-case.js';
import { startPeerProcess } from '../measure/peer-process.js';
import { runProgram } from '../measure/run-program.js';
import { createMultVaeRequest, loadClicks, multVaeSizes } from './autoencoders.js';
import { bundleProgram } from './bundle-program.js';
import { fullSoftmaxSizes } from './large-catalogue.js';

/** Output of `memory-process.ts`. */
export interface MeasuredMemory {
  readonly peakBytes: number;
}

/** What `memory-process.ts` can train. */
export type MemoryWork = 'mult-vae' | 'full-softmax';

/** The most memory that a process held at one time while it trained, its runtime included. */
export interface MemoryResult {
  readonly name: string;
  /** Steps that it trained. */
  readonly steps: number;
  /** Peak of Footlight's process. */
  readonly bytes: number;
  /** Peaks by peer name; empty where none is installed. */
  readonly peers: Readonly<Record<string, number>>;
  /** Target for Footlight. */
  readonly maxBytes: number;
}

/** A process whose memory is measured. The first steps reach the peak: they allocate what the others reuse. */
interface MemoryCase extends Pick<MemoryResult, 'name' | 'steps' | 'maxBytes'> {
  readonly work: MemoryWork;
  readonly epochs: number;
  /** The same work for peers, by request. */
  readonly requests?: () => Promise<readonly PeerRequest[]>;
}

const cases: readonly MemoryCase[] = [
  {
    work: 'mult-vae',
    name: `${multVaeSizes}, fp32`,
    ...{ epochs: 4, steps: 16, maxBytes: 600e6 },
    async requests() {
      const request = createMultVaeRequest(await loadClicks(), 'fp32');
      return ['eager', 'compiled'].map((variant) => ({ ...request, variant }));
    },
  },
  { work: 'full-softmax', name: fullSoftmaxSizes, epochs: 2, steps: 2, maxBytes: 2e9 },
];

/** Which processes are measured, and with what. */
export interface MemoryOptions {
  readonly python: string | undefined;
  readonly threads: number;
  isChosen(name: string): boolean;
  onStart(name: string): void;
}

/** Measures the peak memory of training: Footlight and peers, each in a process of its own. */
export async function measureMemory({ python, threads, ...options }: MemoryOptions): Promise<MemoryResult[]> {
  const results: MemoryResult[] = [];
  for (const { work, epochs, requests, ...described } of cases.filter(({ name }) => options.isChosen(name))) {
    options.onStart(described.name);
    const peers: Record<string, number> = {};
    for (const request of python !== undefined && requests ? await requests() : [])
      Object.assign(peers, await measurePeer(python!, threads, request, epochs));
    results.push({ ...described, bytes: await measureFootlight(work, epochs, threads), peers });
  }
  return results;
}

async function measureFootlight(work: MemoryWork, epochs: number, threads: number): Promise<number> {
  const env = { ...process.env, FOOTLIGHT_THREADS: String(threads) };
  const program = [bundleProgram('memory-process'), work, String(epochs)];
  return (JSON.parse(await runProgram(process.execPath, program, { env })) as MeasuredMemory).peakBytes;
}

/** @returns the peak of a peer by its name; empty where it is not installed */
async function measurePeer(
  python: string,
  threads: number,
  request: PeerRequest,
  epochs: number,
): Promise<Record<string, number>> {
  const peer = startPeerProcess(python, threads);
  try {
    const [name] = await peer.prepare(request);
    if (name === undefined) return {};
    for (let epoch = 0; epoch < epochs; epoch++) await peer.run();
    return { [name]: await peer.readPeakBytes() };
  } finally {
    peer.close();
  }
}
