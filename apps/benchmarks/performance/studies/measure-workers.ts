import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStudy, fileLog } from '@footlight/studies';
import { superviseWorkers } from '@footlight/studies/workers';
import { countUp } from './count-up.js';

/** Trials per second of one worker and of two, in processes of their own on one file. */
export interface WorkersResult {
  /** Seconds of arithmetic of a trial. */
  readonly seconds: number;
  /** Trials per worker and round. */
  readonly trials: number;
  readonly one: number;
  readonly two: number;
  /** The smallest ratio of both that is wanted. */
  readonly limit: number;
}

const flags = ['--conditions=@footlight/source', '--import', import.meta.resolve('tsx')];
const script = fileURLToPath(new URL('arithmetic-worker.ts', import.meta.url));

/** Measures one and two workers in turns: the median of the rounds. */
export async function measureWorkers(
  rounds: number,
  { seconds = 1, trials = 20 }: { readonly seconds?: number; readonly trials?: number } = {},
): Promise<WorkersResult> {
  const estimate = countSteps(seconds);
  const steps = Math.round(estimate * seconds * (await measureThroughput(1, 3, estimate)));
  const [one, two]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    one.push(await measureThroughput(1, trials, steps));
    two.push(await measureThroughput(2, 2 * trials, steps));
  }
  return { seconds, trials, one: findMedian(one), two: findMedian(two), limit: 1.8 };
}

/** Trials per second, from the beginning of the first one to the end of the last one. */
async function measureThroughput(count: number, trials: number, steps: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
  try {
    const path = join(folder, 'workers.log');
    const study = await createStudy({ name: 'workers', log: fileLog(path), stop: { trials } });
    await superviseWorkers(study, {
      count,
      start: (worker) =>
        spawn(process.execPath, [...flags, script, path, worker, String(steps)], {
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        }),
    });
    const times = study.trials.map(({ started, completed }) => [started!.getTime(), completed!.getTime()] as const);
    const begin = Math.min(...times.map(([started]) => started));
    const end = Math.max(...times.map(([, completed]) => completed));
    return (1000 * trials) / (end - begin);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Steps of arithmetic that take about so many seconds on one core: the fastest of a few runs counts. */
function countSteps(seconds: number): number {
  const measure = (steps: number): number => {
    const start = performance.now();
    countUp(steps);
    return (performance.now() - start) / 1000;
  };
  let steps = 1e6;
  while (measure(steps) < seconds / 4) steps *= 2;
  const taken = Math.min(...[1, 2, 3].map(() => measure(steps)));
  return Math.round((steps * seconds) / taken);
}

function findMedian(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1]!;
}
