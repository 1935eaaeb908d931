import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { convertToFloats, type KernelsBackend, readInts } from './kernels-backend.js';

type Inputs = Readonly<Record<string, tf.TensorInfo | undefined>>;
/** One array for each name. */
type Floats<Name extends string> = { readonly [name in Name]: Float32Array };

/** One call of a kernel, as options of the kernel: its sizes, its inputs, and memory for its outputs. */
interface Call {
  readonly sizes: Readonly<Record<'batch' | 'time' | 'inputDim' | 'dim', number>>;
  required<const Name extends string>(...names: readonly Name[]): Floats<Name>;
  /** The rows of a table that the steps read instead of an input. */
  rows(): { readonly rows: number; readonly table: Float32Array; readonly index: Int32Array };
  optional<const Name extends string>(...names: readonly Name[]): Partial<Floats<Name>>;
  /** Allocates the states of a kind, if they are requested or needed by the backward pass. */
  states(name: 'hidden' | 'cell'): Float32Array | undefined;
  /** Allocates what is saved for the backward pass, `[batch, time, parts · dim]`, if there will be one. */
  saved(parts: number): Float32Array | undefined;
  /** Allocates gradients of inputs. */
  gradients<const Name extends string>(...names: readonly Name[]): Floats<`out${Capitalize<Name>}Gradient`>;
}

/** Registers the kernels of the operations on whole sequences and of their gradients. */
export function registerSequenceKernels(build: Build): void {
  registerLstm(build);
  registerLstmOfRows(build);
  registerMLstm(build);
  registerGru(build);
}

function registerLstm({ name, kernels }: Build): void {
  register(name, 'LstmSequence', ({ sizes, required, optional, states, saved }) => {
    kernels.lstmSequence({
      ...sizes,
      ...required('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'),
      ...optional('mask'),
      outHiddenStates: states('hidden'),
      outCellStates: states('cell'),
      outSaved: saved(4),
    });
  });
  register(name, 'LstmSequenceGradient', ({ sizes, required, optional, gradients }) => {
    kernels.lstmSequenceGradient({
      ...sizes,
      ...required('input', 'weight', 'recurrent', 'hidden', 'cell', 'hiddenStates', 'cellStates', 'saved'),
      ...optional('mask', 'hiddenGradients', 'cellGradients'),
      ...gradients('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'),
    });
  });
}

function registerLstmOfRows({ name, kernels }: Build): void {
  register(name, 'LstmSequenceOfRows', ({ sizes, rows, required, optional, states, saved }) => {
    kernels.lstmSequenceOfRows({
      ...sizes,
      ...rows(),
      ...required('weight', 'bias', 'recurrent', 'hidden', 'cell'),
      ...optional('mask'),
      outHiddenStates: states('hidden'),
      outCellStates: states('cell'),
      outSaved: saved(4),
    });
  });
  register(name, 'LstmSequenceOfRowsGradient', ({ sizes, rows, required, optional, gradients }) => {
    kernels.lstmSequenceOfRowsGradient({
      ...sizes,
      ...rows(),
      ...required('weight', 'recurrent', 'hidden', 'cell', 'hiddenStates', 'cellStates', 'saved'),
      ...optional('mask', 'hiddenGradients', 'cellGradients'),
      ...gradients('table', 'weight', 'bias', 'recurrent', 'hidden', 'cell'),
    });
  });
}

function registerMLstm({ name, kernels }: Build): void {
  register(name, 'MLstmSequence', ({ sizes, required, optional, states, saved }) => {
    kernels.mLstmSequence({
      ...sizes,
      ...required('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'),
      ...required('multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias'),
      ...optional('mask'),
      outHiddenStates: states('hidden'),
      outCellStates: states('cell'),
      outSaved: saved(5),
    });
  });
  register(name, 'MLstmSequenceGradient', ({ sizes, required, optional, gradients }) => {
    kernels.mLstmSequenceGradient({
      ...sizes,
      ...required('input', 'weight', 'recurrent', 'hidden', 'cell', 'hiddenStates', 'cellStates', 'saved'),
      ...required('multiplier', 'recurrentMultiplier'),
      ...optional('mask', 'hiddenGradients', 'cellGradients'),
      ...gradients('input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'),
      ...gradients('multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias'),
    });
  });
}

function registerGru({ name, kernels }: Build): void {
  register(name, 'GruSequence', ({ sizes, required, optional, states, saved }) => {
    kernels.gruSequence({
      ...sizes,
      ...required('input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden'),
      ...optional('mask'),
      outHiddenStates: states('hidden')!,
      outSaved: saved(4),
    });
  });
  register(name, 'GruSequenceGradient', ({ sizes, required, optional, gradients }) => {
    kernels.gruSequenceGradient({
      ...sizes,
      ...required('input', 'weight', 'recurrent', 'hidden', 'hiddenStates', 'saved', 'hiddenGradients'),
      ...optional('mask'),
      ...gradients('input', 'weight', 'bias', 'recurrent', 'recurrentBias', 'hidden'),
    });
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
  const [batch, time] = (inputs.input ?? inputs.index)!.shape as [number, number];
  const inputDim = (inputs.input ?? inputs.table)!.shape.at(-1)!;
  const dim = inputs.hidden!.shape[1]!;
  return {
    sizes: { batch, time, inputDim, dim },
    required: (...names) => collect(names, read),
    rows: () => ({ rows: inputs.table!.shape[0]!, table: read('table'), index: readInts(backend, inputs.index!)! }),
    optional: (...names) =>
      collect(
        names.filter((name) => inputs[name]),
        read,
      ),
    states: (name) => (keep || want?.includes(name) ? allocate(batch, time, dim) : undefined),
    saved: (parts) => (keep ? allocate(batch, time, parts * dim) : undefined),
    gradients: (...names) => collectGradients(names, (name) => allocate(...inputs[name]!.shape)),
  };
}

function collect<Name extends string>(names: readonly Name[], get: (name: Name) => Float32Array): Floats<Name> {
  return Object.fromEntries(names.map((name) => [name, get(name)])) as Floats<Name>;
}

function collectGradients<Name extends string>(names: readonly Name[], get: (name: Name) => Float32Array) {
  const entries = names.map((name) => [`out${name[0]!.toUpperCase()}${name.slice(1)}Gradient`, get(name)]);
  return Object.fromEntries(entries) as Floats<`out${Capitalize<Name>}Gradient`>;
}
