import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Request } from './contest.js';

/** Seconds by the name of the peer, or bytes. */
export type Answer = Readonly<Record<string, number>>;

export interface PeerProcess {
  /** @returns names of the peers that can do it */
  prepare(request: Request): Promise<readonly string[]>;
  run(): Promise<Answer>;
  /** The most memory that it had at one time, Python and its packages included. */
  peakBytes(): Promise<number>;
  close(): void;
}

/** One process for all works that want the same environment, started at the first of them. */
export interface Peers {
  of(request: Request): PeerProcess;
  close(): void;
}

export function peersOf(python: string, threads: number): Peers {
  const started = new Map<string, PeerProcess>();
  return {
    of({ work }) {
      const environment = environmentOf(work);
      const key = JSON.stringify(environment);
      const peer = started.get(key) ?? startPeers(python, threads, environment);
      started.set(key, peer);
      return peer;
    },
    close: () => started.forEach((peer) => void peer.close()),
  };
}

/**
 * PyTorch asks the system for its large arrays again at every step, and where pages that are new to a process are dear, as on many virtual machines, that is
 * most of its time (an epoch of the LSTM took six times as long). Ours uses its arrays again; so that kernels are compared, glibc is told to do the same.
 */
const keptMemory = 'glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=8589934592';

/** Peers keep their memory; implicit shares its work out by itself and asks for a BLAS of one thread, while numpy should have them all. */
export function environmentOf(work: string): Readonly<Record<string, string>> {
  return { GLIBC_TUNABLES: keptMemory, ...(work.startsWith('implicit-') ? { OPENBLAS_NUM_THREADS: '1' } : {}) };
}

/** Starts `peers.py`. @throws {Error} if it ends */
export function startPeers(
  python: string,
  threads: number,
  environment: Readonly<Record<string, string>> = {},
): PeerProcess {
  const peer = spawn(python, [fileURLToPath(new URL('peers.py', import.meta.url)), String(threads)], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: peer.stdout });
  const ended = once(peer, 'exit').then(([code]) =>
    Promise.reject(new Error(`bench:engine: expected peers.py to go on, but it ended with ${code}.`)),
  );
  ended.catch(() => undefined); // it is looked at where an answer is waited for
  const ask = async (request: object): Promise<Answer> => {
    peer.stdin.write(`${JSON.stringify(request)}\n`);
    const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    return JSON.parse(line) as Answer;
  };
  return {
    prepare: async (request) => Object.keys(await ask({ prepare: request })),
    run: () => ask({ run: true }),
    peakBytes: async () => (await ask({ peak: true })).peakBytes!,
    close: () => void peer.stdin.end(),
  };
}
