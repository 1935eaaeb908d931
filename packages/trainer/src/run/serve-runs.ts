import { omitUndefined } from '@footlight/core';
import { disposeParameters } from '@footlight/layers';
import { createArtifact } from '../storage/artifact.js';
import type { ArtifactOptions } from '../storage/artifact-description.js';
import type { Experiment } from '../types.js';
import { runExperiment } from './run-experiment.js';
import type { RunOptions } from './types.js';
import { RUN_REQUEST, type RunMessage, type RunRequest, toErrorText } from './worker-messages.js';

/** What a worker runs. */
export interface ServedRun extends ArtifactOptions {
  readonly experiment: Experiment;
  /** Options of the run that stay in the worker, e.g. `checkpoint`. */
  readonly options?: Omit<RunOptions, 'signal' | 'onEpoch' | 'onProgress' | 'onStart'>;
}

/** Where a worker receives messages: its global object. */
export interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/**
 * Serves runs in a Web Worker: `runInWorker` on the page starts them, so that the page stays alive during training.
 *
 * Experiments have functions, which cannot be sent to a worker: the module of the worker defines them.
 *
 * @param define the experiment for what the page sent, e.g. the file that its user has chosen
 * @param scope where messages arrive. Default: the global object of the worker
 * @example
 * // train.worker.ts
 * serveRuns(async (file: Blob) => ({ experiment: createExperiment(file), histories: false }));
 */
export function serveRuns<T>(
  define: (input: T) => ServedRun | Promise<ServedRun>,
  scope: WorkerScope = globalThis as unknown as WorkerScope,
): void {
  scope.addEventListener('message', ({ data }) => {
    if ((data as RunRequest | null)?.type === RUN_REQUEST) void answer(data as RunRequest, define);
  });
}

async function answer<T>({ input, port }: RunRequest, define: (input: T) => ServedRun | Promise<ServedRun>) {
  const send = (message: RunMessage): void => port.postMessage(message);
  const call = (type: 'onEpoch' | 'onProgress' | 'onStart') => (value: unknown) =>
    send({ type, value: value as never });
  const stop = new AbortController();
  port.onmessage = () => stop.abort();
  try {
    const { experiment, options: own, histories } = await define(input as T);
    const { recommender, ...outcome } = await runExperiment(experiment, {
      ...own,
      signal: stop.signal,
      onEpoch: call('onEpoch'),
      onProgress: call('onProgress'),
      onStart: call('onStart'),
    });
    try {
      const { protocol } = outcome;
      const metrics = Object.fromEntries(Object.entries(outcome.metrics).map(([name, { mean }]) => [name, mean]));
      const { name, protocol: options } = experiment.model;
      const description = { model: { name, protocol: options }, protocol, metrics };
      const artifact = await createArtifact(recommender, description, omitUndefined({ histories }));
      send({ type: 'done', value: { ...outcome, artifact } });
    } finally {
      disposeParameters(recommender.predictor.parameters); // the worker serves further runs
    }
  } catch (error) {
    send(error === stop.signal.reason ? { type: 'aborted' } : { type: 'failed', error: toErrorText(error) });
  } finally {
    port.close();
  }
}
