import { type FileHandle, open } from 'node:fs/promises';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { NumberColumn } from './growing-column.js';
import type { ParallelRead, ParallelReadTask } from './parallel-read-types.js';

/** Share of the bytes before the second half. The worker has to start first, so it gets the smaller part. */
const FIRST_PART = 0.55;

/** A line that is longer than this is not searched for its end. */
const LONGEST_LINE = 1 << 16;

/**
 * Starts a worker thread that reads the second half of a plain file. Undefined if no line ends near the middle of the
 * file.
 */
export async function startParallelRead(
  path: string,
  bytes: number,
  layout: ParallelReadTask['layout'],
  options: WorkerOptions = {},
): Promise<ParallelRead | undefined> {
  const from = await findLineStart(path, Math.floor(FIRST_PART * bytes));
  if (from === undefined || from >= bytes) return undefined;
  const worker = startWorker({ path, from, layout }, options);
  const columns = new Promise<NumberColumn[] | undefined>((resolve) => {
    worker.once('message', resolve);
    worker.once('error', () => resolve(undefined));
    worker.once('exit', () => resolve(undefined));
  });
  return { from, columns, stop: () => void worker.terminate() };
}

/**
 * The built worker is JavaScript. In the repository, where the sources run as TypeScript, tsx has to compile it first.
 */
function startWorker(workerData: ParallelReadTask, options: WorkerOptions): Worker {
  // If the worker fails, the calling thread reads on and reports the error; the output of the worker is discarded.
  const quiet = { ...options, workerData, stdout: true, stderr: true };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./parallel-read-worker.js', import.meta.url), quiet);
  const compiler = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const source = JSON.stringify(new URL('./parallel-read-worker.ts', import.meta.url));
  const script = `import(${compiler}).then(({ register }) => { register(); return import(${source}); })`;
  return new Worker(script, { ...quiet, eval: true });
}

/** The first byte after the line that contains byte `middle`. */
async function findLineStart(path: string, middle: number): Promise<number | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_LINE), 0, LONGEST_LINE, middle);
    const end = buffer.subarray(0, bytesRead).indexOf('\n');
    return end < 0 ? undefined : middle + end + 1;
  } finally {
    await file?.close();
  }
}
