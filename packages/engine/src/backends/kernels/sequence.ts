import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { convertToFloats, type KernelsBackend } from './kernels-backend.js';

type Inputs = Readonly<Record<string, tf.TensorInfo | undefined>>;
/** One array for each name. */
type Floats<Names extends readonly string[]> = { readonly [at in keyof Names]: Float32Array };

/** One call of a kernel: its sizes, its inputs by name, and memory for its outputs. */
interface Call {
  readonly sizes: readonly [batch: number, time: number, inputDim: number, dim: number];
  required<const Names extends readonly string[]>(...names: Names): Floats<Names>;
  optional(name: string): Float32Array | undefined;
  /** Allocates the states of a kind, if they are requested or needed by the backward pass. */
  states(name: 'hidden' | 'cell'): Float32Array | undefined;
  /** Allocates what is saved for the backward pass, `[batch, time, parts · dim]`, if there will be one. */
  saved(parts: number): Float32Array | undefined;
  /** Allocates gradients of inputs. */
  gradients<const Names extends readonly string[]>(...names: Names): Floats<Names>;
}

/** Registers the kernels of `lstmSequence`, `mLstmSequence` and `gruSequence` and of their gradients. */
export function registerSequenceKernels(build: Build): void {
  registerLstm(build);
  registerMLstm(build);
  registerGru(build);
}

function registerLstm({ name, kernels }: Build): void {
  register(name, 'LstmSequence', ({ sizes, required, optional, states, saved }) => {
    const inputs = required('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell');
    kernels.lstmSequence(...inputs, optional('mask'), ...sizes, states('hidden'), states('cell'), saved(4));
  });
  register(name, 'LstmSequenceGradient', ({ sizes, required, optional, gradients }) => {
    const inputs = required('input', 'weight', 'recurrent', 'hidden', 'cell');
    const backward = [
      ...required('hiddenStates', 'cellStates', 'saved'),
      optional('hiddenGradients'),
      optional('cellGradients'),
    ] as const;
    const outputs = gradients('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell');
    kernels.lstmSequenceGradient(...inputs, optional('mask'), ...backward, ...sizes, ...outputs);
  });
}

function registerMLstm({ name, kernels }: Build): void {
  register(name, 'MLstmSequence', ({ sizes, required, optional, states, saved }) => {
    const lstm = required('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell');
    const multiplier = required('multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias');
    kernels.mLstmSequence(
      ...lstm,
      ...multiplier,
      optional('mask'),
      ...sizes,
      states('hidden'),
      states('cell'),
      saved(5),
    );
  });
  register(name, 'MLstmSequenceGradient', ({ sizes, required, optional, gradients }) => {
    const inputs = required('input', 'weight', 'recurrent', 'hidden', 'cell', 'multiplier', 'recurrentMultiplier');
    const backward = [
      ...required('hiddenStates', 'cellStates', 'saved'),
      optional('hiddenGradients'),
      optional('cellGradients'),
    ] as const;
    const lstm = gradients('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell');
    const multiplier = gradients('multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias');
    kernels.mLstmSequenceGradient(...inputs, optional('mask'), ...backward, ...sizes, ...lstm, ...multiplier);
  });
}

function registerGru({ name, kernels }: Build): void {
  register(name, 'GruSequence', ({ sizes, required, optional, states, saved }) => {
    const inputs = required('input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden');
    kernels.gruSequence(...inputs, optional('mask'), ...sizes, states('hidden')!, saved(4));
  });
  register(name, 'GruSequenceGradient', ({ sizes, required, optional, gradients }) => {
    const inputs = required('input', 'weight', 'recurrent', 'hidden');
    const backward = required('hiddenStates', 'saved', 'hiddenGradients');
    const outputs = gradients('input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden');
    kernels.gruSequenceGradient(...inputs, optional('mask'), ...backward, ...sizes, ...outputs);
  });
}

/**
 * Registers a kernel whose outputs are the arrays that `run` allocates with `states`, `saved` and `gradients`, in that
 * order.
 */
function register(backendName: string, kernelName: string, run: (call: Call) => void): void {
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: (call) => {
      const outputs: tf.TensorInfo[] = [];
      run(createCall(call.backend as KernelsBackend, call.inputs as Inputs, call.attrs ?? {}, outputs));
      return outputs;
    },
  });
}

function createCall(
  backend: KernelsBackend,
  inputs: Inputs,
  attributes: tf.NamedAttrMap,
  outputs: tf.TensorInfo[],
): Call {
  const { want, keep } = attributes as { want?: readonly string[]; keep?: boolean };
  const read = (name: string) => convertToFloats(backend, inputs[name]!);
  const allocate = (...shape: number[]) => {
    const values = backend.arrays.allocate(tf.util.sizeFromShape(shape));
    outputs.push(backend.adopt(values, shape, 'float32'));
    return values;
  };
  const [batch, time, inputDim] = inputs.input!.shape as [number, number, number];
  const dim = inputs.hidden!.shape[1]!;
  const each = <Names extends readonly string[]>(names: Names, get: (name: string) => Float32Array) =>
    names.map(get) as unknown as Floats<Names>;
  return {
    sizes: [batch, time, inputDim, dim],
    required: (...names) => each(names, read),
    optional: (name) => (inputs[name] ? read(name) : undefined),
    states: (name) => (keep || want?.includes(name) ? allocate(batch, time, dim) : undefined),
    saved: (parts) => (keep ? allocate(batch, time, parts * dim) : undefined),
    gradients: (...names) => each(names, (name) => allocate(...inputs[name]!.shape)),
  };
}
