/**
 * Runs kernels in a process of its own, for sequence-runs.ts: reads calls as JSON from stdin and writes the outputs to
 * stdout. Arrays are encoded as base64.
 */
import { readFileSync } from 'node:fs';
import { loadKernels } from './load-kernels.mjs';

const { kernels } = await loadKernels();

function toOption(given) {
  if (typeof given !== 'object') return given;
  // The kernel has to overwrite all of an output.
  if (typeof given.out === 'number') return new Float32Array(given.out).fill(Number.NaN);
  const { buffer } = new Uint8Array(Buffer.from(given.floats ?? given.ints, 'base64'));
  return given.ints === undefined ? new Float32Array(buffer) : new Int32Array(buffer);
}

const outputs = JSON.parse(readFileSync(0, 'utf8')).map(({ kernel, given }) => {
  const options = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, toOption(value)]));
  kernels[kernel](options);
  return Object.keys(given)
    .filter((name) => typeof given[name].out === 'number')
    .map((name) => Buffer.from(options[name].buffer).toString('base64'));
});
process.stdout.write(JSON.stringify(outputs));
