import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerSource } from './worker-source.js';

export const canShareMemory = () => true;

export function countThreads() {
  const requested = Number.parseInt(process.env.FOOTLIGHT_THREADS ?? '', 10);
  return requested >= 1 ? requested : availableParallelism();
}

export function readBinary(name) {
  return readFile(new URL(`${name}.wasm`, import.meta.url));
}

const program = `${workerSource}
const { parentPort, workerData } = require('node:worker_threads');
serve(workerData, (message) => parentPort.postMessage(message));
`;

/** Starts a worker that does not keep the process alive; resolves to a function that ends it. */
export async function startWorker(data) {
  const worker = new Worker(program, {
    ...{ eval: true, workerData: data, name: 'footlight kernels' },
    ...{ execArgv: [], env: {} }, // what this process loads into its threads has no place in this one
  });
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('it ended at once')));
  });
  worker.on('error', () => {}); // pieces that it has not begun are done by others
  worker.unref();
  return () => worker.terminate();
}
