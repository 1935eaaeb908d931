import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { formatCount } from '@footlight/core';
import type { Study } from '@footlight/studies';
import { superviseWorkers } from '@footlight/studies/workers';
import type { StudyProgress } from './study-progress.js';
import type { StudyRunOptions } from './types.js';

/** Runs the trials of a study in several processes, each with its share of the threads of the kernels. */
export async function runInProcesses(
  study: Study,
  search: string,
  name: string,
  { workers = 1, storage, ...options }: StudyRunOptions,
  { signal, progress, cwd }: { readonly signal: AbortSignal; readonly progress: StudyProgress; readonly cwd: string },
): Promise<void> {
  const given = { ...options, name, storage } as Readonly<Record<string, unknown>>;
  const passed = [
    'name',
    'storage',
    'results',
    'experiments',
    'sampler',
    'pruner',
    'seed',
    'seconds',
    'backend',
    'data',
  ];
  const flags = passed.flatMap((key) => (given[key] === undefined ? [] : [`--${key}`, String(given[key])]));
  if (options.acceptChanges) flags.push('--accept-changes');
  const { FOOTLIGHT_THREADS: threads = availableParallelism() } = process.env;
  const share = Math.max(1, Math.floor(Number(threads) / workers));
  await superviseWorkers(study, {
    count: workers,
    signal,
    start: (worker) =>
      spawn(
        process.execPath,
        [...process.execArgv, process.argv[1]!, 'study', 'run', search, ...flags, '--worker', worker],
        {
          cwd,
          env: { ...process.env, FOOTLIGHT_THREADS: String(share) },
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
          detached: true, // Ctrl-C reaches the first process only, which ends the others
        },
      ),
    onProgress: () => progress.follow(formatCount(workers, 'worker')),
  });
}
