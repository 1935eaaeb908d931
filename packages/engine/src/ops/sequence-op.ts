import * as tf from '@tensorflow/tfjs';

/** What the way back may read, besides the inputs. */
export type Walked<Output extends string> = {
  /** What the way there returned, all outputs. */
  readonly [name in `${Output}States`]: tf.Tensor3D;
} & {
  /** Slopes of the loss by an output; left away where nobody asked for that output. */
  readonly [name in `${Output}Slopes`]?: tf.Tensor3D;
} & {
  /** What the way there kept for the way back. */
  readonly kept: tf.Tensor3D;
};

/** An operation over whole sequences with a gradient written by hand. */
export interface FusedOp<Inputs extends object, Output extends string> {
  /** Kernels that replace the two functions are called `<name>` and `<name>Gradient`. */
  readonly name: string;
  /** Inputs that have a gradient. */
  readonly learned: readonly (keyof Inputs & string)[];
  /** Inputs without a gradient, where given. */
  readonly fixed: readonly (keyof Inputs & string)[];
  /** What comes out: `[batch, time, dim]` each. */
  readonly outputs: readonly Output[];
  /** @returns `outputs`, in that order, then what is kept */
  forward(inputs: Inputs): tf.Tensor3D[];
  /** @returns gradients of `learned`, in that order */
  backward(inputs: Inputs & Walked<Output>): tf.Tensor[];
}

/**
 * Runs an operation and puts its gradient on the tape, if there is one. Returns the outputs that are wanted; both lists are in the order of `op.outputs`.
 *
 * Where the backend has a kernel of the operation's name, that runs instead of the definition in tfjs operations: same inputs by name, same outputs in the
 * same order. Its attributes are `want`, names of outputs, and `keep`, whether there is a way back; where there is none it returns the outputs that are wanted
 * and nothing else. The kernel of the gradient reads what `Walked` names besides the inputs. Each of the two is replaced on its own.
 */
export function runFused<Inputs extends object, Output extends string>(
  op: FusedOp<Inputs, Output>,
  inputs: Inputs,
  want: readonly Output[] = op.outputs,
): tf.Tensor3D[] {
  const names = [...op.learned, ...op.fixed].filter((name) => inputs[name] !== undefined);
  const wanted = (outputs: readonly tf.Tensor[]) =>
    outputs.filter((_, at) => want.some((name) => name === op.outputs[at])) as tf.Tensor3D[];
  if (!tf.engine().isTapeOn()) {
    const attributes = { want: [...want], keep: false };
    return kernelOr(op.name, inputs, (given) => wanted(op.forward(given)), attributes) as tf.Tensor3D[];
  }
  const named = (tensors: readonly tf.Tensor[]) =>
    Object.fromEntries(names.map((name, at) => [name, tensors[at]!])) as Inputs;
  const taped = tf.customGrad(((...args: [...tf.Tensor[], tf.GradSaveFunc]) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const given = args.slice(0, -1) as tf.Tensor[];
    const walked = kernelOr(op.name, named(given), (own) => op.forward(own), { want: [...want], keep: true });
    save([...given, ...walked]);
    const gradFunc = (dy: tf.Tensor3D, saved: tf.Tensor[]) =>
      tf.tidy(() => {
        const slopes = parted(dy, want.length);
        const [states, kept] = [saved.slice(names.length, -1), saved.at(-1)!];
        const read = Object.fromEntries([
          ...op.outputs.map((name, at) => [`${name}States`, states[at]!]),
          ['kept', kept],
          ...want.map((name, at) => [`${name}Slopes`, slopes[at]!]),
        ]) as Walked<Output>;
        const gradients = kernelOr(`${op.name}Gradient`, { ...named(saved), ...read }, (own) => op.backward(own));
        const fixed = saved.slice(op.learned.length, names.length);
        return [...gradients, ...fixed.map((tensor) => tf.zerosLike(tensor))]; // tfjs wants one for each argument
      });
    return { value: joined(wanted(walked)), gradFunc }; // tfjs wants one value
  }) as Parameters<typeof tf.customGrad>[0]);
  return parted(taped(...names.map((name) => inputs[name] as tf.Tensor)) as tf.Tensor3D, want.length);
}

/** Beside each other along the last axis; one alone stays what it is. */
function joined(tensors: tf.Tensor3D[]): tf.Tensor3D {
  return tensors.length === 1 ? tensors[0]! : tf.concat(tensors, 2);
}

/** The inverse of `joined`. */
function parted(tensor: tf.Tensor3D, count: number): tf.Tensor3D[] {
  return count === 1 ? [tensor] : (tf.split(tensor, count, 2) as tf.Tensor3D[]);
}

function kernelOr<Inputs extends object>(
  name: string,
  inputs: Inputs,
  definition: (inputs: Inputs) => tf.Tensor[],
  attributes: tf.NamedAttrMap = {},
): tf.Tensor[] {
  if (!tf.getKernel(name, tf.getBackend())) return tf.tidy(() => definition(inputs));
  const given = Object.fromEntries(
    Object.entries(inputs).filter(([, tensor]) => tensor !== undefined),
  ) as tf.NamedTensorMap;
  return tf.engine().runKernel(name, given, attributes) as tf.Tensor[];
}
