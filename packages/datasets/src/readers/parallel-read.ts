import { type FileHandle, open } from 'node:fs/promises';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { NumberColumn } from './growing-column.js';
import type { ColumnRequest, DelimitedLayout } from './read-columns.js';

/** What the worker is to read: the lines of a plain file from a byte on. */
export interface ParallelReadTask {
  readonly path: string;
  readonly from: number;
  /** With the names of the columns: the header is in the other half. */
  readonly layout: DelimitedLayout<Record<string, ColumnRequest>>;
}

export interface ParallelRead {
  /** Where the half begins: after the end of a line. */
  readonly from: number;
  /** Its columns in the order asked for; undefined if the worker could not read it, for whatever reason. */
  readonly columns: Promise<NumberColumn[] | undefined>;
  /** Lets the worker go, finished or not. */
  stop(): void;
}

/** Where the second half begins: the worker has to start first, so it gets the smaller part. */
const MIDDLE = 0.55;

const BYTES_TO_LOOK_AT = 1 << 16;

/** Begins to read the second half of a plain file in a thread of its own. Undefined if no line ends near its middle. */
export async function startParallelRead(
  path: string,
  bytes: number,
  layout: ParallelReadTask['layout'],
  options: WorkerOptions = {},
): Promise<ParallelRead | undefined> {
  const from = await findLineStart(path, Math.floor(MIDDLE * bytes));
  if (from === undefined || from >= bytes) return undefined;
  const worker = startWorker({ path, from, layout }, options);
  const columns = new Promise<NumberColumn[] | undefined>((resolve) => {
    worker.once('message', resolve);
    worker.once('error', () => resolve(undefined));
    worker.once('exit', () => resolve(undefined));
  });
  return { from, columns, stop: () => void worker.terminate() };
}

/** What was built starts by itself. In the repository, where the source is TypeScript, tsx has to translate it first. */
function startWorker(workerData: ParallelReadTask, options: WorkerOptions): Worker {
  // Where it cannot start, the caller reads on by himself: what a worker complains of goes nowhere.
  const quiet = { ...options, workerData, stdout: true, stderr: true };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./parallel-read-worker.js', import.meta.url), quiet);
  const translator = import.meta.resolve('tsx/esm/api');
  const source = new URL('./parallel-read-worker.ts', import.meta.url);
  const begin = `import(${JSON.stringify(translator)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
  return new Worker(begin, { ...quiet, eval: true });
}

async function findLineStart(path: string, middle: number): Promise<number | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BYTES_TO_LOOK_AT), 0, BYTES_TO_LOOK_AT, middle);
    const end = buffer.subarray(0, bytesRead).indexOf('\n');
    return end < 0 ? undefined : middle + end + 1;
  } finally {
    await file?.close();
  }
}
