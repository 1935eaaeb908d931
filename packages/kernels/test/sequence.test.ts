import { describe, expect, it } from 'vitest';
import { isAddon, isCompiled } from './compiled.js';
import { computeReference } from './sequence-reference.js';
import {
  cells,
  computeRelativeError,
  createForwardCall,
  drawCase,
  inputNames,
  listKinds,
  run,
  runCases,
  shapes,
} from './sequence-runs.js';

describe.skipIf(!isCompiled).each(cells)('%sSequence', (cell) => {
  const singleKindCases = listKinds(cell).flatMap((kind) =>
    shapes.slice(1, 5).map(([sizes, mask], at) => drawCase(cell, sizes, mask, at + 31, [kind])),
  );
  const cases = [
    ...shapes.map(([sizes, mask], at) => drawCase(cell, sizes, mask, at + 1)),
    ...(cell === 'gru' ? [] : singleKindCases),
  ];
  const expected = cases.map((given) => computeReference(cell, given, given.inputs, given.mask, given.weights));

  it.each(isAddon ? ['avx512', 'avx2', 'portable'] : ['WebAssembly'])(
    'has the states and gradients of its equations: %s',
    (instructions) => {
      const received = runCases({ FOOTLIGHT_INSTRUCTIONS: instructions }, cases);
      for (const [at, { states, gradients }] of received.entries()) {
        for (const kind of listKinds(cell))
          expect(computeRelativeError(states[kind]!, expected[at]!.states[kind]!)).toBeLessThan(2e-6);
        for (const name of inputNames[cell])
          expect(computeRelativeError(gradients[name]!, expected[at]!.gradients[name]!)).toBeLessThan(3e-6);
      }
    },
  );

  it('is compared with gradients that equal finite differences', () => {
    const given = drawCase(cell, { batch: 3, time: 5, inputDim: 7, dim: 2 }, 'some', 11);
    const { gradients } = computeReference(cell, given, given.inputs, given.mask, given.weights);
    const computeLoss = (name: string, changed: Float32Array) =>
      computeReference(cell, given, { ...given.inputs, [name]: changed }, given.mask, given.weights).loss;
    for (const name of inputNames[cell]) {
      const values = given.inputs[name]!;
      const derived = Array.from(values, (value, at) => {
        const [more, less] = [values.with(at, value + 2 ** -10), values.with(at, value - 2 ** -10)];
        return (computeLoss(name, more) - computeLoss(name, less)) / (more[at]! - less[at]!);
      });
      expect(computeRelativeError(Float32Array.from(gradients[name]!), derived)).toBeLessThan(1e-5);
    }
  });

  it('gives the same bytes with 1, 2 and 3 threads', () => {
    const given = drawCase(cell, { batch: 61, time: 11, inputDim: 23, dim: 37 }, 'left', 13);
    const [one, two, three] = ['1', '2', '3'].map((threads) => runCases({ FOOTLIGHT_THREADS: threads }, [given]));
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  it('does not read the inputs of masked steps', () => {
    const given = drawCase(cell, { batch: 5, time: 7, inputDim: 2, dim: 3 }, 'some', 17);
    const input = given.inputs.input!.map((value, at) => (given.mask![Math.floor(at / 2)] === 0 ? Number.NaN : value));
    const received = runCases({}, [given, { ...given, inputs: { ...given.inputs, input } }]);
    expect(received[1]).toEqual(received[0]);
  });
});

describe.skipIf(!isCompiled).each(cells)('an empty batch of %sSequence', (cell) => {
  it('has no states and gradients of 0', () => {
    const received = runCases({}, [drawCase(cell, { batch: 0, time: 3, inputDim: 5, dim: 2 }, 'none', 3)])[0]!;
    for (const kind of listKinds(cell)) expect(received.states[kind]).toEqual(new Float32Array(0));
    for (const [name, { length }] of Object.entries(
      drawCase(cell, { batch: 0, time: 3, inputDim: 5, dim: 2 }, 'none', 3).inputs,
    ))
      expect(received.gradients[name]).toEqual(new Float32Array(length));
  });
});

describe.skipIf(!isCompiled).each(cells)('%sSequence without a backward pass', (cell) => {
  it('has the same states, of both kinds or one, and saves nothing', () => {
    const given = drawCase(cell, { batch: 5, time: 7, inputDim: 11, dim: 19 }, 'left', 11);
    const kinds = listKinds(cell);
    const [whole, all, ...single] = run({}, [
      createForwardCall(given),
      createForwardCall(given, kinds, false),
      ...kinds.map((kind) => createForwardCall(given, [kind], false)),
    ]);
    expect(all).toEqual(whole!.slice(0, -1));
    expect(single).toEqual(all!.map((states) => [states]));
  });
});
