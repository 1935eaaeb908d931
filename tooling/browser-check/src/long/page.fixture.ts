import { useBackend } from '@footlight/engine';
import { runExperiment, runInWorker } from '@footlight/trainer';
import { createExperiment, type MemoryUse, measureMemory } from './experiment.fixture.js';

/** How a page fared during a long training. */
export interface LongResult {
  readonly backend: string;
  readonly epochs: number;
  readonly seconds: number;
  /** The first and the last loss. */
  readonly losses: readonly number[];
  /** Memory after a tenth of the epochs, and after the last one. */
  readonly memory: readonly MemoryUse[];
  /** Milliseconds between two turns of a timer of the page, ascending. */
  readonly gaps: readonly number[];
  /** The longest gap, in milliseconds, by what the run did then. */
  readonly longest: Readonly<Record<string, number>>;
}

async function run(place: 'page' | 'worker', most = 100): Promise<LongResult> {
  const { name } = await useBackend();
  const epochs = name === 'cpu' ? 2 : most; // plain JavaScript takes a hundred times as long
  const file = await (await fetch('/ml-latest-small.zip')).blob();
  const gaps: number[] = [];
  const longest: Record<string, number> = {};
  let activity = 'start';
  let last = performance.now();
  const timer = setInterval(() => {
    const gap = performance.now() - last;
    gaps.push(gap);
    longest[activity] = Math.max(longest[activity] ?? 0, gap);
    last += gap;
  }, 0);
  const worker = new Worker(new URL('./train.worker.fixture.js', import.meta.url), { type: 'module' });
  const memory: Promise<MemoryUse>[] = [];
  const measure = (): void => {
    if (place === 'page') memory.push(Promise.resolve(measureMemory()));
    else {
      memory.push(
        new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data), { once: true })),
      );
      worker.postMessage('memory');
    }
    last = performance.now(); // the collection of garbage is not part of the training
  };
  const losses: number[] = [];
  const options = {
    onProgress: ({ label }: { label: string }) => {
      activity = label;
    },
    onEpoch: ({ epoch, loss }: { epoch: number; loss: number }) => {
      losses.push(loss);
      if (epoch + 1 === Math.ceil(epochs / 10) || epoch + 1 === epochs) measure();
    },
  };
  const started = performance.now();
  const { backend } =
    place === 'page'
      ? await runExperiment(createExperiment({ file, epochs }), options)
      : await runInWorker(worker, { file, epochs }, options);
  const seconds = (performance.now() - started) / 1000;
  clearInterval(timer);
  gaps.sort((one, other) => one - other);
  const result = {
    backend,
    epochs,
    seconds,
    losses: [losses[0]!, losses.at(-1)!],
    memory: await Promise.all(memory),
    gaps,
    longest,
  };
  worker.terminate();
  return result;
}

Object.assign(globalThis, { run });
