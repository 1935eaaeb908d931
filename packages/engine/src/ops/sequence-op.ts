import { runKernel } from '../run-kernel.js';
import { tf } from '../tfjs/tfjs.js';

/** What the backward pass of a `SequenceOp` may read besides the inputs. */
export type BackwardInputs<Output extends string> = {
  /** The outputs of the forward pass, all of them. */
  readonly [name in `${Output}States`]: tf.Tensor3D;
} & {
  /** Gradients of the loss with respect to the outputs; absent for outputs that were not requested. */
  readonly [name in `${Output}Gradients`]?: tf.Tensor3D;
} & {
  /** What the forward pass saved for the backward pass. */
  readonly saved: tf.Tensor3D;
};

/** An operation on whole sequences with a gradient written by hand. */
export interface SequenceOp<Inputs extends object, Output extends string> {
  /** The kernels that may replace `forward` and `backward` are called `<name>` and `<name>Gradient`. */
  readonly name: Capitalize<string>;
  /** Inputs that have a gradient. */
  readonly differentiable: readonly (keyof Inputs & string)[];
  /** Inputs without a gradient, which may be absent. */
  readonly constant: readonly (keyof Inputs & string)[];
  /** Names of the outputs, `[batch, time, dim]` each. */
  readonly outputs: readonly Output[];
  /** @returns `outputs`, in that order, then what is saved for `backward` */
  forward(inputs: Inputs): tf.Tensor3D[];
  /** @returns gradients of `differentiable`, in that order */
  backward(inputs: Inputs & BackwardInputs<Output>): tf.Tensor[];
}

/**
 * Runs a sequence operation and records its gradient if the tape is on. Returns the requested outputs, in the order of
 * `op.outputs`.
 *
 * A kernel of the operation's name takes the place of `forward`: the same inputs by name, the same outputs in the same
 * order. Its attributes are `want`, the names of the requested outputs, and `keep`, whether there will be a backward
 * pass; if not, it returns the requested outputs only. The kernel of the gradient takes the place of `backward` and
 * reads what `BackwardInputs` names besides the inputs. A backend may have either without the other.
 */
export function runSequenceOp<Inputs extends object, Output extends string>(
  op: SequenceOp<Inputs, Output>,
  inputs: Inputs,
  want: readonly Output[] = op.outputs,
): tf.Tensor3D[] {
  const isWanted = (_: tf.Tensor, at: number) => want.some((name) => name === op.outputs[at]);
  if (tf.engine().isTapeOn()) return splitOutputs(runOnTape(op, inputs, want, isWanted), want.length);
  return runKernel(op.name, { ...inputs, want: [...want], keep: false }, () => op.forward(inputs).filter(isWanted));
}

function runOnTape<Inputs extends object, Output extends string>(
  op: SequenceOp<Inputs, Output>,
  inputs: Inputs,
  want: readonly Output[],
  isWanted: (output: tf.Tensor, at: number) => boolean,
): tf.Tensor3D {
  const names = [...op.differentiable, ...op.constant].filter((name) => inputs[name] !== undefined);
  const toInputs = (tensors: readonly tf.Tensor[]) =>
    Object.fromEntries(names.map((name, at) => [name, tensors[at]!])) as Inputs;
  const run = tf.customGrad(((...args: [...tf.Tensor[], tf.GradSaveFunc]) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const given = args.slice(0, -1) as tf.Tensor[];
    const own = toInputs(given);
    const all = runKernel(op.name, { ...own, want: [...want], keep: true }, () => op.forward(own));
    save([...given, ...all]);
    const gradFunc = (dy: tf.Tensor3D, tensors: tf.Tensor[]) =>
      tf.tidy(() => {
        const gradients = splitOutputs(dy, want.length);
        const states = tensors.slice(names.length, -1);
        const read = Object.fromEntries([
          ...op.outputs.map((name, at) => [`${name}States`, states[at]!]),
          ['saved', tensors.at(-1)!],
          ...want.map((name, at) => [`${name}Gradients`, gradients[at]!]),
        ]) as BackwardInputs<Output>;
        const results = runKernel(
          `${op.name}Gradient` as Capitalize<string>,
          { ...toInputs(tensors), ...read },
          op.backward,
        );
        const constants = tensors.slice(op.differentiable.length, names.length);
        return [...results, ...constants.map((tensor) => tf.zerosLike(tensor))]; // tfjs requires one per argument
      });
    return { value: joinOutputs(all.filter(isWanted)), gradFunc }; // tfjs allows one value
  }) as Parameters<typeof tf.customGrad>[0]);
  return run(...names.map((name) => inputs[name] as tf.Tensor)) as tf.Tensor3D;
}

/** Concatenates outputs along the last axis. */
function joinOutputs(tensors: tf.Tensor3D[]): tf.Tensor3D {
  return tensors.length === 1 ? tensors[0]! : tf.concat(tensors, 2);
}

/** The inverse of `joinOutputs`. */
function splitOutputs(tensor: tf.Tensor3D, count: number): tf.Tensor3D[] {
  return count === 1 ? [tensor] : (tf.split(tensor, count, 2) as tf.Tensor3D[]);
}
