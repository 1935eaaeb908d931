import { describe, expect, it } from 'vitest';
import { isAddon, isCompiled, kernels } from './compiled.js';
import { createGenerator } from './generator.js';
import { computeReference } from './sequence-reference.js';
import {
  type Call,
  type Case,
  computeRelativeError,
  createBackwardCall,
  createForwardCall,
  drawCase,
  encode,
  encodeInts,
  inputNames,
  run,
  shapes,
} from './sequence-runs.js';

/** A case whose inputs are rows of a table. */
interface RowCase extends Case {
  readonly table: Float32Array;
  readonly index: Int32Array;
  readonly rows: number;
}

/** Replaces the input of a case by rows of a table, of which the last one is read by no step. */
function drawRows(given: Case, rows: number, seed: number): RowCase {
  const random = createGenerator(seed);
  const { batch, time, inputDim, inputs } = given;
  const table = Float32Array.from({ length: rows * inputDim }, () => random() * 2 - 1);
  const index = Int32Array.from({ length: batch * time }, () => Math.floor(random() * Math.max(1, rows - 1)));
  const input = new Float32Array(batch * time * inputDim);
  for (const [at, row] of index.entries())
    input.set(table.subarray(row * inputDim, (row + 1) * inputDim), at * inputDim);
  return { ...given, inputs: { ...inputs, input }, table, index, rows };
}

/** Turns a call of `lstmSequence` or its gradient into one that reads rows. */
function toRowCall({ kernel, given }: Call, { table, index, rows }: RowCase): Call {
  const { input: _, outInputGradient, ...others } = given;
  const outputs = outInputGradient === undefined ? {} : { outTableGradient: { out: table.length } };
  return {
    kernel: kernel.replace('Sequence', 'SequenceOfRows'),
    given: { table: encode(table), index: encodeInts(index), rows, ...outputs, ...others },
  };
}

function runRows(environment: Readonly<Record<string, string>>, cases: readonly RowCase[]) {
  const forward = run(
    environment,
    cases.map((each) => toRowCall(createForwardCall(each), each)),
  );
  const backward = run(
    environment,
    cases.map((each, at) => toRowCall(createBackwardCall(each, forward[at]!), each)),
  );
  return { forward, backward };
}

/** Sums gradients of inputs by row. */
function sumByRow({ index, inputDim, table }: RowCase, gradients: readonly number[]): number[] {
  const sums = new Array<number>(table.length).fill(0);
  for (const [at, row] of index.entries())
    for (let d = 0; d < inputDim; d++) sums[row * inputDim + d]! += gradients[at * inputDim + d]!;
  return sums;
}

describe.skipIf(!isCompiled)('lstmSequenceOfRows', () => {
  const cases = [
    ...shapes.map(([sizes, mask], at) => drawRows(drawCase('lstm', sizes, mask, at + 1), 2 + 3 * at, at + 5)),
    drawRows(drawCase('lstm', { batch: 5, time: 3, inputDim: 7, dim: 17 }, 'left', 3, ['cell']), 31, 7), // many rows
  ];

  it.each(isAddon ? ['avx512', 'avx2', 'portable'] : ['WebAssembly'])(
    'has the states of lstmSequence bit for bit, and the gradients of its equations: %s',
    (instructions) => {
      const environment = { FOOTLIGHT_INSTRUCTIONS: instructions };
      const { forward, backward } = runRows(environment, cases);
      const plain = run(
        environment,
        cases.map((each) => createForwardCall(each)),
      );
      for (const [at, each] of cases.entries()) {
        const { gradients } = computeReference('lstm', each, each.inputs, each.mask, each.weights);
        expect(forward[at]!.slice(0, 2)).toEqual(plain[at]!.slice(0, 2));
        const expected = [
          sumByRow(each, gradients.input!),
          ...inputNames.lstm.slice(1).map((name) => gradients[name]!),
        ];
        for (const [k, values] of expected.entries())
          expect(computeRelativeError(backward[at]![k]!, values)).toBeLessThan(3e-6);
      }
    },
  );

  it('gives the same bytes with 1, 2 and 3 threads', () => {
    const given = [drawRows(drawCase('lstm', { batch: 61, time: 11, inputDim: 23, dim: 37 }, 'left', 13), 97, 5)];
    const [one, two, three] = ['1', '2', '3'].map((threads) => runRows({ FOOTLIGHT_THREADS: threads }, given));
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  it('has no states and gradients of 0 for an empty batch', () => {
    const given = drawRows(drawCase('lstm', { batch: 0, time: 3, inputDim: 5, dim: 2 }, 'none', 3), 7, 1);
    const { forward, backward } = runRows({}, [given]);
    expect(forward[0]![0]).toEqual(new Float32Array(0));
    expect(backward[0]![0]!.map(Math.abs)).toEqual(new Float32Array(7 * 5));
    expect(backward[0]![1]).toEqual(new Float32Array(5 * 8));
  });

  it('names the argument in errors', () => {
    const f = (length: number) => new Float32Array(length);
    const options = {
      ...{ batch: 3, time: 5, inputDim: 7, dim: 2, rows: 11, table: f(77), index: new Int32Array(15) },
      ...{ weight: f(56), bias: f(8), recurrent: f(16), hidden: f(6), cell: f(6), outHiddenStates: f(30) },
    };
    const refused = (wrong: object) => expect(() => kernels.lstmSequenceOfRows({ ...options, ...wrong }));
    refused({}).not.toThrow();
    refused({ table: f(70) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequenceOfRows(table): expected 77 numbers, received 70.]`,
    );
    refused({ index: new Int32Array(14) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequenceOfRows(index): expected 15 numbers, received 14.]`,
    );
    refused({ index: new Int32Array(15).fill(11) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequenceOfRows(index): expected ids from 0 to 10, received 11 at position 0.]`,
    );
    refused({ index: new Int32Array(15).fill(-1) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequenceOfRows(index): expected ids from 0 to 10, received -1 at position 0.]`,
    );
    refused({ rows: 0 }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequenceOfRows(rows): expected an integer from 1 to 2147483647, received 0.]`,
    );
    refused({ weight: f(55) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequenceOfRows(weight): expected 56 numbers, received 55.]`,
    );
  });
});
