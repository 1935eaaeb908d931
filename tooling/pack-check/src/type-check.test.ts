import { expect, it } from 'vitest';
import { selectOwnErrors } from './type-check.js';

it('keeps errors of the program and of own packages, and leaves out those of others', () => {
  const output = [
    "consumer.ts(1,2): error TS2307: Cannot find module 'footlight'.",
    "node_modules/@footlight/engine/dist/index.d.ts(2,30): error TS2307: Cannot find module 'x'.",
    'node_modules/@tensorflow/tfjs-layers/dist/a.d.ts(1,2): error TS2420: Class is wrong.',
    '  Types are incompatible.',
    "error TS5023: Unknown compiler option 'x'.",
    '',
  ].join('\n');
  expect(selectOwnErrors(output).map((error) => error.split(':')[0])).toEqual([
    'consumer.ts(1,2)',
    'node_modules/@footlight/engine/dist/index.d.ts(2,30)',
    'error TS5023',
  ]);
});
