import { fstatSync } from 'node:fs';
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
const { openSync } = require('node:fs');
const { devNull } = require('node:os');
const { parentPort, workerData } = require('node:worker_threads');
const descriptor = openSync(devNull);
serve(workerData, () => parentPort.postMessage(descriptor));
`;

/**
 * Whether a worker is alive, without its `exit` event, which a thread that waits for it would never receive: Node
 * closes the file that the worker has opened when it ends, however it ends.
 */
function isOpen(descriptor) {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

const cell = new Int32Array(new SharedArrayBuffer(4));

/** Ends a worker and waits until it works no more, at most a second. @returns a promise of its exit */
function end(worker, descriptor) {
  const exit = worker.terminate();
  for (let wait = 0; wait < 1000 && isOpen(descriptor); wait++) Atomics.wait(cell, 0, 0, 1);
  return exit;
}

/** Starts a worker that does not keep the process alive; resolves to how to end it and whether it is alive. */
export async function startWorker(data) {
  const worker = new Worker(program, {
    ...{ eval: true, workerData: data, name: 'footlight kernels' },
    trackUnmanagedFds: true,
    ...{ execArgv: [], env: {} }, // what this process loads into its threads has no place in this one
  });
  const descriptor = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('it ended at once')));
  });
  worker.on('error', () => {}); // pieces that it has not begun are done by others
  worker.unref();
  return { end: () => end(worker, descriptor), isAlive: () => isOpen(descriptor) };
}
