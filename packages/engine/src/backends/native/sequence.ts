import type { Kernels } from '@footlight/native';
import * as tf from '@tensorflow/tfjs';
import { type NativeBackend, readFloats } from './native-backend.js';

type Inputs = Readonly<Record<string, tf.TensorInfo | undefined>>;
/** One array for each name. */
type Floats<Names extends readonly string[]> = { readonly [at in keyof Names]: Float32Array };

/** Sizes of a call, its inputs by name, and room for outputs. */
interface Call {
  readonly sizes: readonly [batch: number, time: number, inputDim: number, dim: number];
  given<const Names extends readonly string[]>(...names: Names): Floats<Names>;
  /** What may be left away. */
  perhaps(name: string): Float32Array | undefined;
  /** Room for the states of a kind, where they are wanted. */
  states(name: 'hidden' | 'cell'): Float32Array | undefined;
  /** Room for what the way back reads, `[batch, time, parts · dim]`, where there is one. */
  kept(parts: number): Float32Array | undefined;
  /** Room for the gradients of inputs. */
  gradients<const Names extends readonly string[]>(...names: Names): Floats<Names>;
}

/** Registers what `lstmSequence`, `mLstmSequence` and `gruSequence` and their gradients run on the backend `native`. */
export function registerSequenceKernels(kernels: Kernels): void {
  registerLstm(kernels);
  registerMLstm(kernels);
  registerGru(kernels);
}

function registerLstm(kernels: Kernels): void {
  register('LstmSequence', ({ sizes, given, perhaps, states, kept }) => {
    const inputs = given('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell');
    kernels.lstmSequence(...inputs, perhaps('mask'), ...sizes, states('hidden'), states('cell'), kept(4));
  });
  register('LstmSequenceGradient', ({ sizes, given, perhaps, gradients }) => {
    const inputs = given('input', 'weight', 'recurrent', 'hidden', 'cell');
    const walked = [
      ...given('hiddenStates', 'cellStates', 'kept'),
      perhaps('hiddenSlopes'),
      perhaps('cellSlopes'),
    ] as const;
    const outputs = gradients('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell');
    kernels.lstmSequenceGradient(...inputs, perhaps('mask'), ...walked, ...sizes, ...outputs);
  });
}

function registerMLstm(kernels: Kernels): void {
  register('MLstmSequence', ({ sizes, given, perhaps, states, kept }) => {
    const ofLstm = given('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell');
    const ofMultiplier = given('multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias');
    kernels.mLstmSequence(
      ...ofLstm,
      ...ofMultiplier,
      perhaps('mask'),
      ...sizes,
      states('hidden'),
      states('cell'),
      kept(5),
    );
  });
  register('MLstmSequenceGradient', ({ sizes, given, perhaps, gradients }) => {
    const inputs = given('input', 'weight', 'recurrent', 'hidden', 'cell', 'multiplier', 'recurrentMultiplier');
    const walked = [
      ...given('hiddenStates', 'cellStates', 'kept'),
      perhaps('hiddenSlopes'),
      perhaps('cellSlopes'),
    ] as const;
    const ofLstm = gradients('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell');
    const ofMultiplier = gradients('multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias');
    kernels.mLstmSequenceGradient(...inputs, perhaps('mask'), ...walked, ...sizes, ...ofLstm, ...ofMultiplier);
  });
}

function registerGru(kernels: Kernels): void {
  register('GruSequence', ({ sizes, given, perhaps, states, kept }) => {
    const inputs = given('input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden');
    kernels.gruSequence(...inputs, perhaps('mask'), ...sizes, states('hidden')!, kept(4));
  });
  register('GruSequenceGradient', ({ sizes, given, perhaps, gradients }) => {
    const inputs = given('input', 'weight', 'recurrent', 'hidden');
    const outputs = gradients('input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden');
    kernels.gruSequenceGradient(
      ...inputs,
      perhaps('mask'),
      ...given('hiddenStates', 'kept', 'hiddenSlopes'),
      ...sizes,
      ...outputs,
    );
  });
}

/** A kernel whose outputs are what `run` takes from `states`, `kept` and `gradients`, in that order. */
function register(kernelName: string, run: (call: Call) => void): void {
  tf.registerKernel({
    kernelName,
    backendName: 'native',
    kernelFunc: (call) => {
      const outputs: tf.TensorInfo[] = [];
      run(callOf(call.backend as NativeBackend, call.inputs as Inputs, call.attrs ?? {}, outputs));
      return outputs;
    },
  });
}

function callOf(backend: NativeBackend, inputs: Inputs, attributes: tf.NamedAttrMap, outputs: tf.TensorInfo[]): Call {
  const { want, keep } = attributes as { want?: readonly string[]; keep?: boolean };
  const arrayOf = (name: string) => floats(backend, inputs[name]!);
  const out = (...shape: number[]) => {
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
    given: (...names) => each(names, arrayOf),
    perhaps: (name) => (inputs[name] ? arrayOf(name) : undefined),
    states: (name) => (keep || want?.includes(name) ? out(batch, time, dim) : undefined),
    kept: (parts) => (keep ? out(batch, time, parts * dim) : undefined),
    gradients: (...names) => each(names, (name) => out(...inputs[name]!.shape)),
  };
}

function floats(backend: NativeBackend, tensor: tf.TensorInfo): Float32Array {
  return (
    readFloats(backend, tensor) ?? Float32Array.from(backend.data.get(tensor.dataId).values as Int32Array | Uint8Array)
  );
}
