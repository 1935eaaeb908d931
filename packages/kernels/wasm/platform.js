import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';

export const canShareMemory = () => true;

export function countThreads() {
  const requested = Number.parseInt(process.env.FOOTLIGHT_THREADS ?? '', 10);
  return requested >= 1 ? requested : availableParallelism();
}

export function readBinary(name) {
  return readFile(new URL(`${name}.wasm`, import.meta.url));
}
