import { invalid, RecsysError } from '@footlight/core';
import type { Outcome, RunOptions } from './types.js';
import { RUN_REQUEST, type RunMessage, toError } from './worker-messages.js';

/** The outcome of a run in a worker: a report, values, and the trained model as a file for `loadArtifact`. */
export interface WorkerOutcome extends Omit<Outcome, 'recommender'> {
  readonly artifact: Blob;
}

/**
 * Runs an experiment in a Web Worker whose module calls `serveRuns`, so that the page stays alive.
 *
 * `onEpoch`, `onProgress`, `onStart` and `signal` are those of `runExperiment`; other options belong to the module of
 * the worker. The worker stays, and serves further runs, until the page terminates it.
 *
 * @param input what the module of the worker makes its experiment of: data without functions, e.g. a `Blob`
 * @throws {RecsysError} whatever the run throws; `signal.reason` if it is aborted; `worker-failed` if the worker ends,
 *   e.g. if its module cannot be loaded; `invalid-argument` if `input` cannot be sent
 * @example
 * const worker = new Worker(new URL('./train.worker.ts', import.meta.url), { type: 'module' });
 * const { metrics, artifact } = await runInWorker(worker, file, { onEpoch: ({ epoch, loss }) => show(epoch, loss) });
 * const recommender = await loadArtifact(artifact, model);
 */
export async function runInWorker(
  worker: Worker,
  input: unknown,
  { signal, ...functions }: Pick<RunOptions, 'signal' | 'onEpoch' | 'onProgress' | 'onStart'> = {},
): Promise<WorkerOutcome> {
  signal?.throwIfAborted();
  const { port1: port, port2 } = new MessageChannel();
  const ended = new AbortController();
  try {
    return await new Promise<WorkerOutcome>((resolve, reject) => {
      const stop = (): void => port.postMessage({ type: 'stop' });
      signal?.addEventListener('abort', stop, { signal: ended.signal });
      const fail = (event: ErrorEvent): void => reject(describeEnd(event));
      worker.addEventListener('error', fail, { signal: ended.signal });
      port.onmessage = ({ data }: MessageEvent<RunMessage>) => {
        try {
          if (data.type === 'done') resolve(data.value as WorkerOutcome);
          else if (data.type === 'aborted') reject(signal?.reason);
          else if (data.type === 'failed') reject(toError(data.error));
          else functions[data.type]?.(data.value);
        } catch (error) {
          stop(); // a function of the page ends the run, as it does without a worker
          reject(error);
        }
      };
      send(worker, { type: RUN_REQUEST, input, port: port2 }, port2);
    });
  } finally {
    ended.abort();
    port.close();
  }
}

function send(worker: Worker, message: object, port: MessagePort): void {
  try {
    worker.postMessage(message, [port]);
  } catch (cause) {
    const hint = 'Functions and what has them belong to the module of the worker.';
    invalid(
      'runInWorker(input)',
      'data that can be sent to a worker',
      (cause as Error).message.replace(/\.$/, ''),
      hint,
    );
  }
}

function describeEnd({ message, filename, lineno }: ErrorEvent): RecsysError {
  const received = message
    ? `the error "${message}" in ${filename}, line ${lineno}.`
    : 'none. Can its module be loaded, and does the browser support type: "module"?';
  return new RecsysError('worker-failed', `runInWorker: expected a worker that serves runs, received ${received}`);
}
