import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createGenerator } from './generator.js';
import type { Arrays, ByKind, Cell, Sizes } from './sequence-reference.js';

const script = fileURLToPath(new URL('sequence-outputs.mjs', import.meta.url));

export interface Case extends Sizes {
  readonly cell: Cell;
  readonly inputs: Arrays;
  readonly mask: Float32Array | undefined;
  /** Weights of the states in the loss. */
  readonly weights: ByKind<Float32Array>;
}

type Kind = keyof ByKind<unknown>;
type Mask = 'none' | 'left' | 'middle' | 'all' | 'some';

/** Masks by row and step. */
const masks: Readonly<Record<Exclude<Mask, 'none'>, (row: number, step: number, time: number) => number>> = {
  left: (row, step) => (step < row % 4 ? 0 : 1),
  middle: (row, step, time) => (step === (row + (time >> 1)) % time ? 0 : 1),
  all: () => 0,
  some: (row, step) => (row === 0 || (row + step) % 3 === 0 ? 0 : 1), // the first row is masked completely
};

export const listKinds = (cell: Cell): readonly Kind[] => (cell === 'gru' ? ['hidden'] : ['hidden', 'cell']);

/** Draws a case. The loss depends on the states in `weighted`. */
export function drawCase(
  cell: Cell,
  { batch, time, inputDim, dim }: Sizes,
  mask: Mask,
  seed: number,
  weighted = listKinds(cell),
): Case {
  const random = createGenerator(seed);
  const draw = (length: number, size = 1) =>
    Float32Array.from({ length }, () => size * (random() + random() + random() - 1.5) * 2);
  const width = (cell === 'gru' ? 3 : 4) * dim;
  const inputs = {
    input: draw(batch * time * inputDim),
    weight: draw(inputDim * width, inputDim ** -0.5),
    bias: draw(width, 0.5),
    recurrent: draw(dim * width, dim ** -0.5),
    ...(cell === 'gru' && { recurrentBias: draw(width) }),
    hidden: draw(batch * dim),
    ...(cell !== 'gru' && { cell: draw(batch * dim) }),
    ...(cell === 'mLstm' && {
      multiplier: draw(batch * time * dim),
      recurrentMultiplier: draw(dim * dim, dim ** -0.5),
      recurrentMultiplierBias: draw(dim),
    }),
  };
  const createMask = mask === 'none' ? undefined : masks[mask];
  return {
    ...{ cell, batch, time, inputDim, dim, inputs },
    weights: Object.fromEntries(weighted.map((kind) => [kind, draw(batch * time * dim)])),
    mask:
      createMask &&
      Float32Array.from({ length: batch * time }, (_, at) => createMask(Math.floor(at / time), at % time, time)),
  };
}

type Given = number | boolean | { readonly floats: string } | { readonly ints: string } | { readonly out: number };

export interface Call {
  readonly kernel: string;
  readonly given: Readonly<Record<string, Given>>;
}

export const encodeInts = ({ buffer, byteOffset, byteLength }: Int32Array) => ({
  ints: Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
});
export const encode = (values: Float32Array) => ({
  floats: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
});
const encodeAll = (arrays: Arrays) =>
  Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, encode(values)]));
const capitalize = (name: string) => name[0]!.toUpperCase() + name.slice(1);
const requestOutput = (values: Float32Array) => ({ out: values.length });

/** Runs calls in a process with its own instruction set and threads. */
export function run(environment: Readonly<Record<string, string>>, calls: readonly Call[]): Float32Array[][] {
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

/** Inputs of the kernels. The gradient kernels read all except biases. */
export const inputNames: Readonly<Record<Cell, readonly string[]>> = {
  lstm: ['input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'],
  mLstm: [
    ...['input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'],
    ...['multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias'],
  ],
  gru: ['input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden'],
};
const unread = ['bias', 'recurrentBias', 'recurrentMultiplierBias'];

/** Creates a forward call that requests some kinds of states, and what the backward pass reads if there is one. */
export function createForwardCall(
  { cell, batch, time, inputDim, dim, inputs, mask }: Case,
  want = listKinds(cell),
  keep = true,
): Call {
  const steps = batch * time * dim;
  const states = listKinds(cell).filter((kind) => want.includes(kind));
  return {
    kernel: `${cell}Sequence`,
    given: {
      ...{ batch, time, inputDim, dim, ...encodeAll(inputs), ...(mask && { mask: encode(mask) }) },
      ...Object.fromEntries(states.map((kind) => [`out${capitalize(kind)}States`, { out: steps }])),
      ...(keep && { outSaved: { out: (cell === 'mLstm' ? 5 : 4) * steps } }),
    },
  };
}

/** Creates a backward call. `states`: those of each kind, then what the forward call saved. */
export function createBackwardCall(
  { cell, batch, time, inputDim, dim, inputs, mask, weights }: Case,
  states: readonly Float32Array[],
): Call {
  const read = Object.entries(inputs).filter(([name]) => !unread.includes(name));
  const names = [...listKinds(cell).map((kind) => `${kind}States`), 'saved'];
  const gradients = Object.entries(weights).map(([kind, values]) => [`${kind}Gradients`, values]);
  const outputs = inputNames[cell].map((name) => [`out${capitalize(name)}Gradient`, requestOutput(inputs[name]!)]);
  return {
    kernel: `${cell}SequenceGradient`,
    given: {
      ...{ batch, time, inputDim, dim, ...encodeAll(Object.fromEntries(read)), ...(mask && { mask: encode(mask) }) },
      ...encodeAll(Object.fromEntries(names.map((name, at) => [name, states[at]!]))),
      ...encodeAll(Object.fromEntries(gradients)),
      ...Object.fromEntries(outputs),
    },
  };
}

export interface Received {
  readonly states: ByKind<Float32Array>;
  readonly gradients: Arrays;
}

export function runCases(environment: Readonly<Record<string, string>>, cases: readonly Case[]): Received[] {
  const forward = run(
    environment,
    cases.map((given) => createForwardCall(given)),
  );
  const backward = run(
    environment,
    cases.map((given, at) => createBackwardCall(given, forward[at]!)),
  );
  return cases.map(({ cell }, at) => ({
    states: Object.fromEntries(listKinds(cell).map((kind, k) => [kind, forward[at]![k]!])),
    gradients: Object.fromEntries(inputNames[cell].map((name, k) => [name, backward[at]![k]!])),
  }));
}

/** Computes the largest error, divided by the largest number. */
export function computeRelativeError(actual: Float32Array, expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [largest, farthest] = [0, 0];
  for (const [at, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(value));
    const distance = Math.abs(actual[at]! - value);
    farthest = Math.max(farthest, distance); // NaN is propagated
  }
  return largest === 0 ? farthest : farthest / largest;
}

export const shapes: readonly (readonly [Sizes, Mask])[] = [
  [{ batch: 3, time: 1, inputDim: 2, dim: 1 }, 'none'],
  [{ batch: 53, time: 7, inputDim: 3, dim: 5 }, 'some'], // more rows than one block
  [{ batch: 29, time: 3, inputDim: 1, dim: 5 }, 'none'],
  [{ batch: 7, time: 5, inputDim: 11, dim: 16 }, 'left'],
  [{ batch: 2, time: 3, inputDim: 5, dim: 33 }, 'middle'],
  [{ batch: 5, time: 2, inputDim: 3, dim: 17 }, 'all'],
  [{ batch: 1, time: 2, inputDim: 139, dim: 71 }, 'none'], // more columns than a panel, more sums than a slice
  [{ batch: 4, time: 1, inputDim: 19, dim: 48 }, 'left'],
];
export const cells: readonly Cell[] = ['lstm', 'mLstm', 'gru'];
