import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { assertInteger, RecsysError } from '@footlight/core';
import type { Study } from '../study-types.js';

/** What `superviseWorkers` uses of a `ChildProcess` of Node. */
export interface WorkerProcess {
  readonly connected: boolean;
  disconnect(): void;
  kill(signal: 'SIGKILL'): boolean;
  once(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown;
}

export interface SuperviseOptions {
  /** Number of processes that run at once. */
  readonly count: number;
  /**
   * Starts the process of a worker, with an IPC channel (`fork`, or `ipc` in `stdio`). It must write `worker` as the
   * user attribute `worker` of its trials, and end when `createParentSignal()` is aborted.
   */
  readonly start: (worker: string) => WorkerProcess;
  /** How often the parameters of a trial run again if its worker is killed. Default 2. */
  readonly retries?: number | undefined;
  /** Ends the workers, which have `graceSeconds` to give their trials back. */
  readonly signal?: AbortSignal | undefined;
  /** Seconds after which a worker that should end is killed. Default 10. */
  readonly graceSeconds?: number | undefined;
  /** Called after each look at the log, about twice per second. */
  readonly onProgress?: (() => void) | undefined;
}

/**
 * Runs the trials of a study in several processes of this machine, until a stop rule of the study ends them.
 *
 * Each process runs trials by itself, with `study.optimize` on the same log. The trial of a process that is killed is
 * marked as failed, and its parameters run again, as a trial with the user attribute `retry_of`; another process
 * takes the place of the dead one. If this process ends, the others do too.
 *
 * @throws {RecsysError} `worker-failed` if workers end again and again before they finish a trial
 * @throws the reason of the signal
 * @example
 * await superviseWorkers(study, { count: 2, start: (worker) => fork('worker.js', [worker]) });
 */
export async function superviseWorkers(study: Study, options: SuperviseOptions): Promise<void> {
  const { count, start, retries = 2, signal, graceSeconds = 10, onProgress } = options;
  assertInteger('superviseWorkers(count)', count);
  assertInteger('superviseWorkers(retries)', retries, { minimum: 0 });
  signal?.throwIfAborted();
  const running = new Set<WorkerProcess>();
  const finished = new AbortController();
  let [deaths, ended]: [number, number] = [0, study.finished.length];

  /** One place for a worker: a process, and after its death another one. */
  async function fillPlace(): Promise<void> {
    while (!finished.signal.aborted) {
      const worker = randomUUID();
      const child = start(worker);
      running.add(child);
      const end = await waitForEnd(child);
      running.delete(child);
      await study.failRunning({ where: { worker }, retries, reason: `its worker has ended (${end})` });
      if (end === '0' || finished.signal.aborted) return;
      // A trial that was ended by a worker, not by this function, shows that workers do work.
      const own = study.finished.filter((number) => study.trials[number]!.state !== 'failed').length;
      deaths = own > ended ? 1 : deaths + 1;
      ended = own;
      if (deaths > 2 * count)
        throw new RecsysError(
          'worker-failed',
          `study ${study.name}: expected workers that finish trials, received ${deaths} that ended before, the last ` +
            `with ${end}. Run the study with one worker to see why.`,
        );
    }
  }
  async function watch(): Promise<void> {
    while (!finished.signal.aborted) {
      await study.refresh();
      onProgress?.();
      await wait(500, undefined, { signal: finished.signal }).catch(() => undefined);
    }
  }
  /** A process without its channel ends by itself, and if not, is killed. */
  async function endAll(): Promise<void> {
    for (const child of running) if (child.connected) child.disconnect();
    const deadline = Date.now() + 1000 * graceSeconds;
    while (running.size > 0 && Date.now() < deadline) await wait(20);
    for (const child of running) child.kill('SIGKILL');
  }

  const places = Promise.all(Array.from({ length: count }, fillPlace));
  const watched = watch();
  const interrupted = new Promise<void>((resolve) =>
    signal?.addEventListener('abort', () => resolve(), { once: true }),
  );
  try {
    await Promise.race([places, interrupted, watched.then(() => places)]);
  } finally {
    finished.abort();
    await endAll();
    await Promise.allSettled([places, watched]);
  }
  await study.refresh();
  onProgress?.();
  signal?.throwIfAborted();
}

/** The exit code or the signal that ended a process. */
function waitForEnd(child: WorkerProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject); // it could not be started
    child.once('exit', (code, signal) => resolve(String(signal ?? code)));
  });
}

/**
 * Signal in the process of a worker: aborted when `superviseWorkers` ends it, and when the process of that ends.
 *
 * @throws {RecsysError} `invalid-argument` if the process has no IPC channel
 */
export function createParentSignal(): AbortSignal {
  const controller = new AbortController();
  const abort = () =>
    controller.abort(new RecsysError('interrupted', 'The process that started this worker has ended.'));
  if (!process.connected) abort();
  process.once('disconnect', abort);
  process.channel?.unref();
  return controller.signal;
}
