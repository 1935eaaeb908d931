/** Runs kernels in a process of their own: calls as JSON from stdin, outputs to stdout. Arrays are base64 of their bytes. Started by sequence.test.ts. */
import { readFileSync } from 'node:fs';
import { load } from '../index.js';

const { kernels } = load();

function argumentOf(given) {
  if (typeof given === 'number') return given;
  if (given === null) return undefined;
  if (typeof given.out === 'number') return new Float32Array(given.out).fill(Number.NaN); // all of it has to be written
  return new Float32Array(new Uint8Array(Buffer.from(given.floats, 'base64')).buffer);
}

const outputs = JSON.parse(readFileSync(0, 'utf8')).map(({ kernel, given }) => {
  const values = given.map(argumentOf);
  kernels[kernel](...values);
  return values
    .filter((_, at) => typeof given[at]?.out === 'number')
    .map((out) => Buffer.from(out.buffer).toString('base64'));
});
process.stdout.write(JSON.stringify(outputs));
