import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { NumberColumn } from './growing-column.js';
import type { ParallelReadTask } from './parallel-read-types.js';
import { readColumns } from './read-columns.js';

const { path, from, layout } = workerData as ParallelReadTask;
const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { start: from, highWaterMark: 1 << 20 });
const columns = Object.values(
  await readColumns({ name: basename(path), bytes: statSync(path).size - from, chunks }, layout),
) as NumberColumn[];
parentPort!.postMessage(
  columns,
  columns.map(({ buffer }) => buffer as ArrayBuffer), // transferred, not copied
);
