import type { ParallelRead, ParallelReadTask } from './parallel-read-types.js';

/** Browsers read files with one thread: they are in memory already. */
export async function startParallelRead(
  _path: string,
  _bytes: number,
  _layout: ParallelReadTask['layout'],
): Promise<ParallelRead | undefined> {
  return undefined;
}
