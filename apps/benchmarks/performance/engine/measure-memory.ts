import type { PeerRequest } from '../measure/benchmark-case.js';
import { startPeerProcess } from '../measure/peer-process.js';
import { runProgram } from '../measure/run-program.js';
import { createMultVaeRequest, loadClicks, multVaeSizes } from './autoencoders.js';
import { bundleProgram } from './bundle-program.js';

/** Output of `memory-process.ts`. */
export interface MeasuredMemory {
  readonly peakBytes: number;
}

/** The most memory that a process held at one time while it trained, its runtime included. */
export interface MemoryResult {
  readonly name: string;
  /** Peak of Footlight's process. */
  readonly bytes: number;
  /** Peaks by peer name; empty where none is installed. */
  readonly peers: Readonly<Record<string, number>>;
  /** Target for Footlight. */
  readonly maxBytes: number;
}

/** The peak is reached within a few epochs: the first one allocates what the others reuse. */
const epochs = 4;

/** Measures the peak memory of training a Mult-VAE: Footlight and peers, each in a process of its own. */
export async function measureMemory(
  python: string | undefined,
  threads: number,
  onStart: () => void,
): Promise<MemoryResult[]> {
  onStart();
  const request = createMultVaeRequest(await loadClicks(), 'fp32');
  const peers: Record<string, number> = {};
  for (const variant of python === undefined ? [] : ['eager', 'compiled'])
    Object.assign(peers, await measurePeer(python!, threads, { ...request, variant }));
  return [{ name: `${multVaeSizes}, fp32`, bytes: await measureFootlight(threads), peers, maxBytes: 600e6 }];
}

async function measureFootlight(threads: number): Promise<number> {
  const env = { ...process.env, FOOTLIGHT_THREADS: String(threads) };
  const printed = await runProgram(process.execPath, [bundleProgram('memory-process'), String(epochs)], { env });
  return (JSON.parse(printed) as MeasuredMemory).peakBytes;
}

/** @returns the peak of a peer by its name; empty where it is not installed */
async function measurePeer(python: string, threads: number, request: PeerRequest): Promise<Record<string, number>> {
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
