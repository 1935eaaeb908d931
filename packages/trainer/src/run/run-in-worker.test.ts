import { RecsysError } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { learnedExperiment } from '../fixtures.js';
import { loadArtifact } from '../storage/artifact.js';
import { runExperiment } from './run-experiment.js';
import { runInWorker } from './run-in-worker.js';
import { type ServedRun, serveRuns } from './serve-runs.js';
import type { Outcome } from './types.js';

// A worker without a thread of its own; `tooling/browser-check` has those of a browser.
function createWorker(
  define: (input: never) => ServedRun | Promise<ServedRun>,
): Worker & { readonly page: EventTarget } {
  const [page, scope] = [new EventTarget(), new EventTarget()];
  serveRuns(define, scope as never);
  const postMessage = (data: unknown, transfer: Transferable[]): void => {
    const clone = structuredClone(data, { transfer });
    queueMicrotask(() => scope.dispatchEvent(new MessageEvent('message', { data: clone })));
  };
  return Object.assign(page, { page, postMessage }) as never;
}

const served = (): ServedRun => ({ experiment: learnedExperiment });
const catchError = (run: Promise<unknown>): Promise<Error & { code?: string }> =>
  run.then(
    () => new Error('none'),
    (error) => error,
  );
const omitTimes = ({ metrics, protocol, epochs, values, users, sizes }: Omit<Outcome, 'recommender'>): unknown => ({
  ...{ metrics, protocol, values, users, sizes },
  losses: epochs.map(({ loss }) => loss),
});

describe('runInWorker', () => {
  it('gives the outcome of a run, with the model as a file', async () => {
    const { recommender, ...here } = await runExperiment(learnedExperiment);
    const losses: number[] = [];
    const labels = new Set<string>();
    const worker = createWorker(served);
    const there = await runInWorker(worker, undefined, {
      onEpoch: ({ loss }) => losses.push(loss),
      onProgress: ({ label }) => labels.add(label),
    });
    expect(omitTimes(there)).toEqual(omitTimes(here));
    expect(losses).toEqual(here.epochs.map(({ loss }) => loss));
    expect([...labels]).toContain('train');
    const loaded = await loadArtifact(there.artifact, learnedExperiment.model);
    expect(await loaded.recommend({ user: 101 }, 3)).toEqual(await recommender.recommend({ user: 101 }, 3));
    expect(omitTimes(await runInWorker(worker, undefined))).toEqual(omitTimes(here)); // it serves further runs
  }, 60_000);

  it('passes the input, and leaves histories out of the model on request', async () => {
    const inputs: unknown[] = [];
    const worker = createWorker(async (input: never) => {
      inputs.push(input);
      return { experiment: { ...learnedExperiment, model: learnedExperiment.model }, histories: false };
    });
    const { artifact } = await runInWorker(worker, { file: new Blob(['ann']), seed: 7 });
    expect(inputs).toEqual([{ file: expect.any(Blob), seed: 7 }]);
    const loaded = await loadArtifact(artifact, learnedExperiment.model);
    await expect(loaded.recommend({ user: 101 }, 3)).rejects.toThrow('without');
  });

  it('ends with the reason of the signal, before and while it runs', async () => {
    const reason = new Error('enough');
    expect(await catchError(runInWorker(createWorker(served), 0, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    const stop = new AbortController();
    const endless = createWorker(() => ({ experiment: { ...learnedExperiment, epochs: 1e6 } }));
    const run = runInWorker(endless, 0, { signal: stop.signal, onEpoch: () => stop.abort(reason) });
    expect(await catchError(run)).toBe(reason);
  });

  it('ends when a function of the page throws', async () => {
    const endless = createWorker(() => ({ experiment: { ...learnedExperiment, epochs: 1e6 } }));
    const fail = (): never => {
      throw new RangeError('no chart');
    };
    expect(await catchError(runInWorker(endless, 0, { onEpoch: fail }))).toEqual(new RangeError('no chart'));
  });

  it('throws the errors of the run with their codes and names', async () => {
    const throwing = (error: unknown) =>
      catchError(
        runInWorker(
          createWorker(() => Promise.reject(error)),
          0,
        ),
      );
    const error = await throwing(new RecsysError('not-finite', 'fit: expected a finite loss'));
    expect(error).toBeInstanceOf(RecsysError);
    expect(error).toMatchObject({ code: 'not-finite', message: 'fit: expected a finite loss' });
    expect(await throwing(new TypeError('no'))).toMatchObject({ name: 'TypeError', message: 'no' });
    expect(await throwing('a text')).toMatchObject({ name: 'Error', message: 'a text' });
  });

  it('says what is wrong with the input, or with the worker', async () => {
    const { message } = await catchError(runInWorker(createWorker(served), () => 7));
    expect(message).toMatchInlineSnapshot(
      `"runInWorker(input): expected data that can be sent to a worker, received () => 7 could not be cloned. Functions and what has them belong to the module of the worker."`,
    );
    const messages: string[] = [];
    for (const init of [{}, { message: 'Uncaught ReferenceError: x', filename: 'worker.js', lineno: 3 }]) {
      const silent = createWorker(() => new Promise(() => {}));
      const run = catchError(runInWorker(silent, 0));
      silent.page.dispatchEvent(Object.assign(new Event('error'), init));
      const error = await run;
      expect(error.code).toBe('worker-failed');
      messages.push(error.message);
    }
    expect(messages).toMatchInlineSnapshot(`
      [
        "runInWorker: expected a worker that serves runs, received none. Can its module be loaded, and does the browser support type: "module"?",
        "runInWorker: expected a worker that serves runs, received the error "Uncaught ReferenceError: x" in worker.js, line 3.",
      ]
    `);
  });
});
