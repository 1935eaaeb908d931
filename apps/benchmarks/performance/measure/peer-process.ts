import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Measurement, PeerRequest } from './benchmark-case.js';

/** Measurements by peer name. */
export type PeerMeasurements = Readonly<Record<string, Measurement>>;

/** A running `peers/serve.py`. */
export interface PeerProcess {
  /** Prepares the work of a request. @returns names of the peers that can do it; empty if their packages are missing */
  prepare(request: PeerRequest): Promise<readonly string[]>;
  /** Does the prepared work once, with each peer. */
  run(): Promise<PeerMeasurements>;
  /** Most memory that the process held at one time, Python and its packages included. */
  readPeakBytes(): Promise<number>;
  close(): void;
}

/** Starts peers on demand. */
export interface Peers {
  /** The process for requests with this environment, started at the first of them. */
  get(request: PeerRequest): PeerProcess;
  /** Starts a process that the caller closes. */
  start(request: PeerRequest): PeerProcess;
  close(): void;
}

/** Opens the peers of a Python interpreter. */
export function openPeers(python: string, threads: number): Peers {
  const processes = new Map<string, PeerProcess>();
  const start = ({ work }: PeerRequest) => startPeerProcess(python, threads, getPeerEnvironment(work));
  return {
    start,
    get(request) {
      const key = JSON.stringify(getPeerEnvironment(request.work));
      const peer = processes.get(key) ?? start(request);
      processes.set(key, peer);
      return peer;
    },
    close: () => processes.forEach((peer) => void peer.close()),
  };
}

/**
 * PyTorch requests its large arrays from the system again at every step. Where new pages are expensive, as on many
 * virtual machines, that takes most of its time. Footlight reuses its arrays. These settings make glibc reuse them
 * too, so that kernels are compared.
 */
const reuseMemory = 'glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=8589934592';

/** Environment variables of the process that does a work: implicit has threads of its own and needs a BLAS without. */
export function getPeerEnvironment(work: string): Readonly<Record<string, string>> {
  if (work.startsWith('ratings-')) return {}; // dataframe libraries manage their memory themselves
  return { GLIBC_TUNABLES: reuseMemory, ...(work.startsWith('implicit-') ? { OPENBLAS_NUM_THREADS: '1' } : {}) };
}

/** Starts `peers/serve.py`. @throws {Error} from the pending call if the process ends */
export function startPeerProcess(
  python: string,
  threads: number,
  environment: Readonly<Record<string, string>> = {},
): PeerProcess {
  const peer = spawn(python, [fileURLToPath(new URL('../peers/serve.py', import.meta.url)), String(threads)], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const kill = (): void => void peer.kill();
  process.on('exit', kill);
  peer.on('exit', () => process.off('exit', kill));
  const lines = createInterface({ input: peer.stdout });
  const ended = Promise.race([
    once(peer, 'exit').then(([code]) =>
      Promise.reject(new Error(`bench: peers/serve.py ended with exit code ${code}.`)),
    ),
    once(peer, 'error').then(([error]) => Promise.reject(error as Error)),
  ]);
  ended.catch(() => undefined); // whoever waits for an answer gets the error
  const send = async <Answer>(request: object): Promise<Answer> => {
    peer.stdin.write(`${JSON.stringify(request)}\n`);
    const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    return JSON.parse(line) as Answer;
  };
  return {
    prepare: (request) => send<string[]>({ prepare: request }),
    run: () => send<PeerMeasurements>({ run: true }),
    readPeakBytes: async () => (await send<{ peakBytes: number }>({ peak: true })).peakBytes,
    close: () => void peer.stdin.end(),
  };
}
