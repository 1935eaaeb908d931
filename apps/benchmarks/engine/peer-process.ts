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

/** Starts `peers.py`. @throws {Error} if it ends */
export function startPeers(python: string, threads: number): PeerProcess {
  const peer = spawn(python, [fileURLToPath(new URL('peers.py', import.meta.url)), String(threads)], {
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
