import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { kernels, there } from './compiled.js';
import { type Arrays, type ByKind, type Cell, reference, type Sizes } from './sequence-reference.js';

const script = fileURLToPath(new URL('sequence-outputs.mjs', import.meta.url));

interface Case extends Sizes {
  readonly cell: Cell;
  readonly inputs: Arrays;
  readonly mask: Float32Array | undefined;
  readonly slopes: ByKind<Float32Array>;
}

type Kind = keyof ByKind<unknown>;
type Mask = 'none' | 'left' | 'middle' | 'all' | 'some';

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

/** What a step of a row is masked by. */
const masks: Readonly<Record<Exclude<Mask, 'none'>, (row: number, step: number, time: number) => number>> = {
  left: (row, step) => (step < row % 4 ? 0 : 1),
  middle: (row, step, time) => (step === (row + (time >> 1)) % time ? 0 : 1),
  all: () => 0,
  some: (row, step) => (row === 0 || (row + step) % 3 === 0 ? 0 : 1), // the first row knows nothing
};

const kindsOf = (cell: Cell): readonly Kind[] => (cell === 'gru' ? ['hidden'] : ['hidden', 'cell']);

/** `sloped`: kinds of states that the loss knows. */
function caseOf(
  cell: Cell,
  { batch, time, inputDim, dim }: Sizes,
  mask: Mask,
  seed: number,
  sloped = kindsOf(cell),
): Case {
  const random = generator(seed);
  const numbers = (length: number, size = 1) =>
    Float32Array.from({ length }, () => size * (random() + random() + random() - 1.5) * 2);
  const width = (cell === 'gru' ? 3 : 4) * dim;
  const inputs = {
    input: numbers(batch * time * inputDim),
    weight: numbers(inputDim * width, inputDim ** -0.5),
    bias: numbers(width, 0.5),
    recurrent: numbers(dim * width, dim ** -0.5),
    ...(cell === 'gru' && { recurrentBias: numbers(width) }),
    hidden: numbers(batch * dim),
    ...(cell !== 'gru' && { cell: numbers(batch * dim) }),
    ...(cell === 'mLstm' && {
      multiplier: numbers(batch * time * dim),
      recurrentMultiplier: numbers(dim * dim, dim ** -0.5),
      recurrentMultiplierBias: numbers(dim),
    }),
  };
  const chosen = mask === 'none' ? undefined : masks[mask];
  return {
    ...{ cell, batch, time, inputDim, dim, inputs },
    slopes: Object.fromEntries(sloped.map((kind) => [kind, numbers(batch * time * dim)])),
    mask:
      chosen && Float32Array.from({ length: batch * time }, (_, at) => chosen(Math.floor(at / time), at % time, time)),
  };
}

interface Call {
  readonly kernel: string;
  readonly given: (number | null | { readonly floats: string } | { readonly out: number })[];
}

const encoded = (values: Float32Array | undefined) =>
  values ? { floats: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64') } : null;
const outOf = (values: Float32Array) => ({ out: values.length });

/** Runs calls with instructions or threads of their own choice. */
function run(environment: Readonly<Record<string, string>>, calls: readonly Call[]): Float32Array[][] {
  const options = {
    input: JSON.stringify(calls),
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 28,
  } as const;
  const outputs = JSON.parse(execFileSync(process.execPath, [script], options)) as string[][];
  return outputs.map((arrays) =>
    arrays.map((text) => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer)),
  );
}

/** Inputs in the order of the kernels; the gradient kernel reads all but biases. */
const orders: Readonly<Record<Cell, readonly string[]>> = {
  lstm: ['input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'],
  mLstm: [
    ...['input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'],
    ...['multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias'],
  ],
  gru: ['input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden'],
};
const unread = ['bias', 'recurrentBias', 'recurrentMultiplierBias'];

/** With room for the states of some kinds, and for what is kept if there is a way back. */
function forwardCall(
  { cell, batch, time, inputDim, dim, inputs, mask }: Case,
  want = kindsOf(cell),
  keep = true,
): Call {
  const steps = batch * time * dim;
  const given = [...orders[cell].map((name) => inputs[name]), mask].map(encoded);
  const states = kindsOf(cell).map((kind) => (want.includes(kind) ? { out: steps } : null));
  const kept = keep ? { out: (cell === 'mLstm' ? 5 : 4) * steps } : null;
  return { kernel: `${cell}Sequence`, given: [...given, batch, time, inputDim, dim, ...states, kept] };
}

/** `walked`: states of each kind and what was kept. */
function backwardCall(
  { cell, batch, time, inputDim, dim, inputs, mask, slopes }: Case,
  walked: readonly Float32Array[],
): Call {
  const read = orders[cell].filter((name) => !unread.includes(name)).map((name) => inputs[name]);
  const given = [...read, mask, ...walked, ...kindsOf(cell).map((kind) => slopes[kind])].map(encoded);
  const outputs = orders[cell].map((name) => outOf(inputs[name]!));
  return { kernel: `${cell}SequenceGradient`, given: [...given, batch, time, inputDim, dim, ...outputs] };
}

interface Received {
  readonly states: ByKind<Float32Array>;
  readonly gradients: Arrays;
}

function results(environment: Readonly<Record<string, string>>, cases: readonly Case[]): Received[] {
  const forward = run(
    environment,
    cases.map((given) => forwardCall(given)),
  );
  const backward = run(
    environment,
    cases.map((given, at) => backwardCall(given, forward[at]!)),
  );
  return cases.map(({ cell }, at) => ({
    states: Object.fromEntries(kindsOf(cell).map((kind, k) => [kind, forward[at]![k]!])),
    gradients: Object.fromEntries(orders[cell].map((name, k) => [name, backward[at]![k]!])),
  }));
}

/** Largest distance by largest number. */
function relativeError(actual: Float32Array, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  let [largest, farthest] = [0, 0];
  for (const [at, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(value));
    const distance = Math.abs(actual[at]! - value);
    farthest = Math.max(farthest, distance); // NaN stays
  }
  return largest === 0 ? farthest : farthest / largest;
}

const shapes: readonly (readonly [Sizes, Mask])[] = [
  [{ batch: 3, time: 1, inputDim: 2, dim: 1 }, 'none'],
  [{ batch: 53, time: 7, inputDim: 3, dim: 5 }, 'some'], // more rows than one block has
  [{ batch: 29, time: 3, inputDim: 1, dim: 5 }, 'none'],
  [{ batch: 7, time: 5, inputDim: 11, dim: 16 }, 'left'],
  [{ batch: 2, time: 3, inputDim: 5, dim: 33 }, 'middle'],
  [{ batch: 5, time: 2, inputDim: 3, dim: 17 }, 'all'],
  [{ batch: 1, time: 2, inputDim: 139, dim: 71 }, 'none'], // more columns than a panel, more sums than a slice
  [{ batch: 4, time: 1, inputDim: 19, dim: 48 }, 'left'],
];
const cells: readonly Cell[] = ['lstm', 'mLstm', 'gru'];

describe.skipIf(!there).each(cells)('%sSequence', (cell) => {
  const ofOneKind = kindsOf(cell).flatMap((kind) =>
    shapes.slice(1, 5).map(([sizes, mask], at) => caseOf(cell, sizes, mask, at + 31, [kind])),
  );
  const cases = [
    ...shapes.map(([sizes, mask], at) => caseOf(cell, sizes, mask, at + 1)),
    ...(cell === 'gru' ? [] : ofOneKind),
  ];
  const expected = cases.map((given) => reference(cell, given, given.inputs, given.mask, given.slopes));

  it.each(['avx512', 'avx2', 'portable'])('has the states and gradients of its equations: %s', (instructions) => {
    const received = results({ FOOTLIGHT_INSTRUCTIONS: instructions }, cases);
    for (const [at, { states, gradients }] of received.entries()) {
      for (const kind of kindsOf(cell))
        expect(relativeError(states[kind]!, expected[at]!.states[kind]!)).toBeLessThan(2e-6);
      for (const name of orders[cell])
        expect(relativeError(gradients[name]!, expected[at]!.gradients[name]!)).toBeLessThan(3e-6);
    }
  });

  it('is compared to gradients that are those of finite differences', () => {
    const given = caseOf(cell, { batch: 3, time: 5, inputDim: 7, dim: 2 }, 'some', 11);
    const { gradients } = reference(cell, given, given.inputs, given.mask, given.slopes);
    const lossWith = (name: string, changed: Float32Array) =>
      reference(cell, given, { ...given.inputs, [name]: changed }, given.mask, given.slopes).loss;
    for (const name of orders[cell]) {
      const values = given.inputs[name]!;
      const derived = Array.from(values, (value, at) => {
        const [more, less] = [values.with(at, value + 2 ** -10), values.with(at, value - 2 ** -10)];
        return (lossWith(name, more) - lossWith(name, less)) / (more[at]! - less[at]!);
      });
      expect(relativeError(Float32Array.from(gradients[name]!), derived)).toBeLessThan(1e-5);
    }
  });

  it('gives the same bytes with 1, 2 and 3 threads', () => {
    const given = caseOf(cell, { batch: 61, time: 11, inputDim: 23, dim: 37 }, 'left', 13);
    const [one, two, three] = ['1', '2', '3'].map((threads) => results({ FOOTLIGHT_THREADS: threads }, [given]));
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  it('reads nothing of steps that are skipped', () => {
    const given = caseOf(cell, { batch: 5, time: 7, inputDim: 2, dim: 3 }, 'some', 17);
    const input = given.inputs.input!.map((value, at) => (given.mask![Math.floor(at / 2)] === 0 ? Number.NaN : value));
    const received = results({}, [given, { ...given, inputs: { ...given.inputs, input } }]);
    expect(received[1]).toEqual(received[0]);
  });
});

describe.skipIf(!there)('lstmSequence', () => {
  /** Units in the last place between a float and what it should be. */
  const distance = (actual: number, expected: number) => {
    const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(expected) || 2 ** -126)));
    return Math.abs(actual - expected) / 2 ** (exponent - 23);
  };

  /** What becomes of gates that are all x, for each x. @returns σ, σ, tanh, σ of each */
  const activations = (instructions: string, x: ArrayLike<number>): Float32Array => {
    const zeros = new Float32Array(x.length);
    const weights = { weight: Float32Array.of(1, 1, 1, 1), bias: new Float32Array(4), recurrent: new Float32Array(4) };
    const inputs = { input: Float32Array.from(x), ...weights, hidden: zeros, cell: zeros };
    const call = {
      cell: 'lstm',
      batch: x.length,
      time: 1,
      inputDim: 1,
      dim: 1,
      inputs,
      mask: undefined,
      slopes: {},
    } as const;
    return run({ FOOTLIGHT_INSTRUCTIONS: instructions }, [forwardCall(call)])[0]![2]!;
  };

  it.each(['avx512', 'avx2', 'portable'])('has σ and tanh within 4 units in the last place: %s', (instructions) => {
    const random = generator(5);
    const x = Float32Array.from({ length: 4096 }, (_, at) => (random() - 0.5) * 2 ** ((at % 32) - 24));
    const kept = activations(instructions, x);
    let [ofSigmoid, ofTanh] = [0, 0];
    for (const [at, value] of x.entries()) {
      ofSigmoid = Math.max(ofSigmoid, distance(kept[4 * at]!, 1 / (1 + Math.exp(-value))));
      ofTanh = Math.max(ofTanh, distance(kept[4 * at + 2]!, Math.tanh(value)));
    }
    expect(ofSigmoid).toBeLessThan(4);
    expect(ofTanh).toBeLessThan(4);
  });

  it.each(['avx512', 'avx2', 'portable'])('knows where σ and tanh end: %s', (instructions) => {
    const x = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e30, 200, -200, 0, Number.NaN];
    const kept = activations(instructions, x);
    expect(x.map((_, at) => kept[4 * at])).toEqual([1, 0, 1, 0, 1, 0, 0.5, Number.NaN]);
    expect(x.map((_, at) => kept[4 * at + 2])).toEqual([1, -1, 1, -1, 1, -1, 0, Number.NaN]);
  });

  it('has the value of its equation', () => {
    // 3 · 2 − 6 = 0, gates 0: σ = ½, tanh = 0, so c₁ = ½ · 4 + ½ · 0 = 2 and h₁ = ½ tanh 2; then c₂ = 1 and h₂ = ½ tanh
    // 1, as the recurrent weight is 0.
    const [hidden, cell, kept] = [new Float32Array(2), new Float32Array(2), new Float32Array(8)];
    const projection = [Float32Array.of(3, 3), new Float32Array(4).fill(2), new Float32Array(4).fill(-6)] as const;
    const rest = [new Float32Array(4), Float32Array.of(7), Float32Array.of(4), undefined] as const;
    kernels.lstmSequence(...projection, ...rest, 1, 2, 1, 1, hidden, cell, kept);
    expect(hidden[0]).toBeCloseTo(Math.tanh(2) / 2, 6);
    expect(hidden[1]).toBeCloseTo(Math.tanh(1) / 2, 6);
    expect([...cell]).toEqual([2, 1]);
    expect([...kept]).toEqual([0.5, 0.5, 0, 0.5, 0.5, 0.5, 0, 0.5]);
  });

  it('says which argument does not fit', () => {
    const f = (length: number) => new Float32Array(length);
    // batch 3, time 5, inputDim 7, dim 2
    const refused = (at: number, value: unknown) => {
      const given: unknown[] = [f(105), f(56), f(8), f(16), f(6), f(6), undefined, 3, 5, 7, 2, f(30), f(30), f(120)];
      const call = kernels.lstmSequence as (...values: unknown[]) => void;
      return expect(() => call(...given.with(at, value)));
    };
    refused(0, f(104)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(input): expected 105 numbers, received 104.]`,
    );
    refused(1, f(42)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(weight): expected 56 numbers, received 42.]`,
    );
    refused(2, f(6)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(bias): expected 8 numbers, received 6.]`,
    );
    refused(3, new Float64Array(16)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(recurrent): expected a Float32Array, received 0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0.]`,
    );
    refused(6, f(3)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(mask): expected 15 numbers, received 3.]`,
    );
    refused(8, 0).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(time): expected an integer from 1 to 4194304, received 0.]`,
    );
    refused(11, f(60)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(outHidden): expected 30 numbers, received 60.]`,
    );
    refused(12, f(29)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(outCell): expected 30 numbers, received 29.]`,
    );
    refused(13, f(119)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(outKept): expected 120 numbers, received 119.]`,
    );
  });
});

describe.skipIf(!there).each(cells)('a batch of nothing in %sSequence', (cell) => {
  it('has no states, and gradients that are zero', () => {
    const received = results({}, [caseOf(cell, { batch: 0, time: 3, inputDim: 5, dim: 2 }, 'none', 3)])[0]!;
    for (const kind of kindsOf(cell)) expect(received.states[kind]).toEqual(new Float32Array(0));
    for (const [name, { length }] of Object.entries(
      caseOf(cell, { batch: 0, time: 3, inputDim: 5, dim: 2 }, 'none', 3).inputs,
    ))
      expect(received.gradients[name]).toEqual(new Float32Array(length));
  });
});

describe.skipIf(!there).each(cells)('without a way back %sSequence', (cell) => {
  it('has the same states, all of them or one kind alone, and keeps nothing', () => {
    const given = caseOf(cell, { batch: 5, time: 7, inputDim: 11, dim: 19 }, 'left', 11);
    const kinds = kindsOf(cell);
    const [whole, all, ...alone] = run({}, [
      forwardCall(given),
      forwardCall(given, kinds, false),
      ...kinds.map((kind) => forwardCall(given, [kind], false)),
    ]);
    expect(all).toEqual(whole!.slice(0, -1));
    expect(alone).toEqual(all!.map((states) => [states]));
  });
});

describe.skipIf(!there)('gradients', () => {
  const f = (length: number) => new Float32Array(length);
  const sizes = [3, 5, 7, 2]; // batch, time, inputDim, dim

  it('of mLstmSequence say which argument does not fit', () => {
    const inputs = [f(105), f(56), f(16), f(6), f(6), f(30), f(4), undefined];
    const walked = [f(30), f(30), f(150), f(30), undefined];
    const given: unknown[] = [
      ...inputs,
      ...walked,
      ...sizes,
      f(105),
      f(56),
      f(8),
      f(16),
      f(6),
      f(6),
      f(30),
      f(4),
      f(2),
    ];
    const call = kernels.mLstmSequenceGradient as (...values: unknown[]) => void;
    expect(() => call(...given)).not.toThrow();
    expect(() => call(...given.with(10, f(120)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mLstmSequenceGradient(kept): expected 150 numbers, received 120.]`,
    );
    expect(() => call(...given.with(12, f(60)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mLstmSequenceGradient(cellSlopes): expected 30 numbers, received 60.]`,
    );
    expect(() => call(...given.with(25, f(3)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mLstmSequenceGradient(outRecurrentMultiplierBias): expected 2 numbers, received 3.]`,
    );
  });

  it('of gruSequence say which argument does not fit', () => {
    const inputs = [f(105), f(42), f(12), f(6), undefined];
    const given: unknown[] = [...inputs, f(30), f(120), f(30), ...sizes, f(105), f(42), f(6), f(12), f(6), f(6)];
    const call = kernels.gruSequenceGradient as (...values: unknown[]) => void;
    expect(() => call(...given)).not.toThrow();
    expect(() => call(...given.with(4, f(14)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: gruSequenceGradient(mask): expected 15 numbers, received 14.]`,
    );
    expect(() => call(...given.with(16, f(2)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: gruSequenceGradient(outRecurrentBias): expected 6 numbers, received 2.]`,
    );
  });
});
