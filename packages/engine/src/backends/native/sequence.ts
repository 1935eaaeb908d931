import type { Kernels } from '@footlight/native';
import * as tf from '@tensorflow/tfjs';
import { floatsOf, type NativeBackend } from './native-backend.js';

type Inputs = Readonly<Record<string, tf.TensorInfo | undefined>>;

/** Sizes of a call, its inputs by name, and room for outputs. */
interface Call {
  readonly sizes: readonly [batch: number, time: number, dim: number];
  given(name: string): Float32Array;
  readonly mask: Float32Array | undefined;
  /** What the gradient kernels read besides the inputs. */
  walked(): readonly [output: Float32Array, kept: Float32Array, slopes: Float32Array];
  out(...shape: number[]): Float32Array;
  /** An output that is left away where there is no way back. */
  kept(...shape: number[]): Float32Array | undefined;
  /** An output for the gradient of an input. */
  outLike(name: string): Float32Array;
}

/** Registers what `lstmSequence`, `mLstmSequence` and `gruSequence` and their gradients run on the backend `native`. */
export function registerSequenceKernels(kernels: Kernels): void {
  registerLstm(kernels);
  registerMLstm(kernels);
  registerGru(kernels);
}

function registerLstm(kernels: Kernels): void {
  register('LstmSequence', ({ sizes, given, mask, out, kept }) => {
    const [batch, time, dim] = sizes;
    const [states, forTheWayBack] = [out(batch, time, 2 * dim), kept(batch, time, 4 * dim)];
    kernels.lstmSequence(given('gates'), given('recurrent'), given('hidden'), given('cell'), mask, ...sizes, states, forTheWayBack);
  });
  register('LstmSequenceGradient', ({ sizes, given, mask, walked, outLike }) => {
    const [gates, recurrent, hidden, cell] = [outLike('gates'), outLike('recurrent'), outLike('hidden'), outLike('cell')];
    const before = [given('recurrent'), given('hidden'), given('cell')] as const;
    kernels.lstmSequenceGradient(...before, mask, ...walked(), ...sizes, gates, recurrent, hidden, cell);
  });
}

function registerMLstm(kernels: Kernels): void {
  register('MLstmSequence', ({ sizes, given, mask, out, kept }) => {
    const [batch, time, dim] = sizes;
    const [states, forTheWayBack] = [out(batch, time, 2 * dim), kept(batch, time, 5 * dim)];
    const ofMultiplier = [given('multiplier'), given('recurrentMultiplier'), given('recurrentMultiplierBias')] as const;
    const inputs = [given('gates'), given('recurrent'), given('hidden'), given('cell'), ...ofMultiplier] as const;
    kernels.mLstmSequence(...inputs, mask, ...sizes, states, forTheWayBack);
  });
  register('MLstmSequenceGradient', ({ sizes, given, mask, walked, outLike }) => {
    const ofLstm = [outLike('gates'), outLike('recurrent'), outLike('hidden'), outLike('cell')] as const;
    const ofMultiplier = [outLike('multiplier'), outLike('recurrentMultiplier'), outLike('recurrentMultiplierBias')] as const;
    const inputs = [given('recurrent'), given('hidden'), given('cell'), given('multiplier'), given('recurrentMultiplier')] as const;
    kernels.mLstmSequenceGradient(...inputs, mask, ...walked(), ...sizes, ...ofLstm, ...ofMultiplier);
  });
}

function registerGru(kernels: Kernels): void {
  register('GruSequence', ({ sizes, given, mask, out, kept }) => {
    const [batch, time, dim] = sizes;
    const [states, forTheWayBack] = [out(batch, time, dim), kept(batch, time, 4 * dim)];
    kernels.gruSequence(given('gates'), given('recurrent'), given('recurrentBias'), given('hidden'), mask, ...sizes, states, forTheWayBack);
  });
  register('GruSequenceGradient', ({ sizes, given, mask, walked, outLike }) => {
    const out = [outLike('gates'), outLike('recurrent'), outLike('recurrentBias'), outLike('hidden')] as const;
    kernels.gruSequenceGradient(given('recurrent'), given('hidden'), mask, ...walked(), ...sizes, ...out);
  });
}

/** A kernel whose outputs are what `run` takes from `out` and `outLike`, in that order. */
function register(kernelName: string, run: (call: Call) => void): void {
  tf.registerKernel({
    kernelName,
    backendName: 'native',
    kernelFunc: (call) => {
      const outputs: tf.TensorInfo[] = [];
      run(callOf(call.backend as NativeBackend, call.inputs as Inputs, call.attrs?.keep !== false, outputs));
      return outputs;
    },
  });
}

function callOf(backend: NativeBackend, inputs: Inputs, keep: boolean, outputs: tf.TensorInfo[]): Call {
  const given = (name: string) => floats(backend, inputs[name]!);
  const out = (...shape: number[]) => {
    const values = backend.arrays.take(tf.util.sizeFromShape(shape));
    outputs.push(backend.adopt(values, shape, 'float32'));
    return values;
  };
  const [batch, time] = inputs.gates!.shape as [number, number];
  return {
    sizes: [batch, time, inputs.hidden!.shape[1]!],
    given,
    mask: inputs.mask && floats(backend, inputs.mask),
    walked: () => [given('output'), given('kept'), given('dy')],
    out,
    kept: (...shape) => (keep ? out(...shape) : undefined),
    outLike: (name) => out(...inputs[name]!.shape),
  };
}

function floats(backend: NativeBackend, tensor: tf.TensorInfo): Float32Array {
  return floatsOf(backend, tensor) ?? Float32Array.from(backend.data.get(tensor.dataId).values as Int32Array | Uint8Array);
}
