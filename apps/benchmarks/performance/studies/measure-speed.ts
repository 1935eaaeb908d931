import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { askAndTell, createFinishedStudy } from './ask-tell.js';

/** Milliseconds of processor time of one call, of all threads: the median, and the smallest of all. */
interface Duration {
  readonly median: number;
  readonly smallest: number;
}

/** Time of asking for a trial of ten parameters and telling its value. */
export interface SpeedResult {
  readonly finished: number;
  readonly ours: Duration;
  readonly optuna?: Duration;
  /** The largest time that is allowed, in milliseconds. */
  readonly limit: number;
}

const cases = [
  { finished: 1000, calls: 20, limit: 3 },
  { finished: 10_000, calls: 10, limit: 15 },
];

/** Measures processor time in turns, so that other work on the machine meets both. */
export async function measureSpeed(python: string | undefined, rounds: number): Promise<SpeedResult[]> {
  const peer = python === undefined ? undefined : startOptuna(python);
  const results: SpeedResult[] = [];
  for (const { finished, calls, limit } of cases) {
    const study = await createFinishedStudy(finished);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const times: number[] = [];
      for (let call = 0; call < calls; call++) {
        const start = process.cpuUsage();
        await askAndTell(study);
        const { user, system } = process.cpuUsage(start);
        times.push((user + system) / 1000);
      }
      const other = (await peer?.measure(finished, calls)) ?? [];
      if (round === 0) continue; // warms up
      ours.push(...times);
      theirs.push(...other);
    }
    results.push({ finished, limit, ours: summarize(ours), ...(peer && { optuna: summarize(theirs) }) });
  }
  peer?.close();
  return results;
}

function startOptuna(python: string) {
  const script = fileURLToPath(new URL('../../reference/studies.py', import.meta.url));
  const peer = spawn(python, [script, 'speed'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: peer.stdout });
  const ended = once(peer, 'exit').then(([code]) => {
    throw new Error(`bench:studies: reference/studies.py ended with exit code ${code}.`);
  });
  ended.catch(() => undefined); // whoever waits for an answer gets the error
  return {
    async measure(finished: number, calls: number): Promise<number[]> {
      peer.stdin.write(`${JSON.stringify({ finished, calls })}\n`);
      const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
      return (JSON.parse(line) as { times: number[] }).times;
    },
    close: () => void peer.stdin.end(),
  };
}

function summarize(times: readonly number[]): Duration {
  const sorted = [...times].sort((one, other) => one - other);
  return { median: sorted[sorted.length >> 1]!, smallest: sorted[0]! };
}
