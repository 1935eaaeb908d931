import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { SecondHalfTask } from './parallel-read.js';
import type { NumberColumn } from './sources/growing-column.js';
import { readColumns } from './sources/read-columns.js';

const { path, from, layout } = workerData as SecondHalfTask;
const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { start: from, highWaterMark: 1 << 20 });
const columns = Object.values(
  await readColumns({ name: basename(path), bytes: statSync(path).size - from, chunks }, layout),
) as NumberColumn[];
parentPort!.postMessage(
  columns,
  columns.map(({ buffer }) => buffer as ArrayBuffer), // handed over, not copied
);
