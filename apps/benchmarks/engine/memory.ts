import { execFileSync } from 'node:child_process';
import { compiled } from './compiled.js';
import type { Request } from './contest.js';
import { clicks, multVaeSizes, requestOf } from './contests/autoencoders.js';
import { startPeers } from './peer-process.js';

/** What a process of ours prints. */
export interface MeasuredMemory {
  readonly peakBytes: number;
}

/** The most memory that a process had at one time while it trained, its runtime included; in bytes. */
export interface MemoryStanding {
  readonly name: string;
  readonly ours: number;
  /** By name of the peer; empty where none is installed. */
  readonly peers: Readonly<Record<string, number>>;
  /** The most that ours should be. */
  readonly bar: number;
}

/** After a few the most has been seen: the first one makes what the others keep. */
const epochs = 4;

/** Peaks of a Mult-VAE, ours and the peers', each in a process of its own. */
export async function measureMemory(python: string | undefined, threads: number): Promise<MemoryStanding[]> {
  const request = requestOf(await clicks(), 'fp32');
  const peers: Record<string, number> = {};
  for (const variant of python === undefined ? [] : ['eager', 'compiled'])
    Object.assign(peers, await ofPeer(python!, threads, { ...request, variant }));
  return [{ name: `${multVaeSizes}, fp32`, ours: ofOurs(threads), peers, bar: 600e6 }];
}

function ofOurs(threads: number): number {
  const env = { ...process.env, FOOTLIGHT_THREADS: String(threads) };
  const printed = execFileSync(process.execPath, [compiled('measure-memory'), String(epochs)], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (JSON.parse(printed) as MeasuredMemory).peakBytes;
}

/** @returns its peak by its name */
async function ofPeer(python: string, threads: number, request: Request): Promise<Record<string, number>> {
  const peer = startPeers(python, threads);
  try {
    const [name] = await peer.prepare(request);
    if (name === undefined) return {};
    for (let epoch = 0; epoch < epochs; epoch++) await peer.run();
    return { [name]: await peer.peakBytes() };
  } finally {
    peer.close();
  }
}
