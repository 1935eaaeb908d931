import { loadArtifact, type Recommendation, runInWorker } from '@footlight/trainer';
import { model } from './experiment.fixture.js';

/** What a page saw of the runs of its worker. */
export interface WorkerResult {
  readonly backend: string;
  readonly losses: readonly number[];
  readonly reported: readonly number[];
  readonly labels: readonly string[];
  readonly list: readonly Recommendation[];
  readonly aborted: string;
  /** Code of the error of a run without data. */
  readonly code: string;
}

async function run(): Promise<WorkerResult> {
  const worker = new Worker(new URL('./train.worker.fixture.js', import.meta.url), { type: 'module' });
  const file = await (await fetch('/ml-latest-small.zip')).blob();
  const reported: number[] = [];
  const labels = new Set<string>();
  const { backend, epochs, artifact } = await runInWorker(
    worker,
    { file, epochs: 3 },
    { onEpoch: ({ loss }) => reported.push(loss), onProgress: ({ label }) => labels.add(label) },
  );
  const recommender = await loadArtifact(artifact, model);
  const stop = new AbortController();
  const endless = { signal: stop.signal, onEpoch: () => stop.abort(new Error('enough')) };
  const aborted = await runInWorker(worker, { file, epochs: 1e6 }, endless).catch(({ message }: Error) => message);
  const failed = await runInWorker(worker, { file: new Blob(['']), epochs: 1 }).catch((error) => error);
  worker.terminate();
  return {
    backend,
    losses: epochs.map(({ loss }) => loss),
    reported,
    labels: [...labels],
    list: await recommender.recommend({ user: 1 }, 5),
    aborted: aborted as string,
    code: (failed as { code: string }).code,
  };
}

Object.assign(globalThis, { run });
