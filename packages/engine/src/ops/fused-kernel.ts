import * as tf from '@tensorflow/tfjs';

/** What the way back may read, besides the inputs. */
export interface Walked {
  /** What the way there returned. */
  readonly output: tf.Tensor3D;
  /** What the way there kept for the way back. */
  readonly kept: tf.Tensor3D;
  /** Slopes of the loss, of the output's shape. */
  readonly dy: tf.Tensor3D;
}

/** An operation over whole sequences with a gradient written by hand. */
export interface FusedOp<Inputs extends object> {
  /** Kernels that replace the two functions are called `<name>` and `<name>Gradient`. */
  readonly name: string;
  /** Inputs that have a gradient. */
  readonly learned: readonly (keyof Inputs & string)[];
  /** Inputs without a gradient, where given. */
  readonly fixed: readonly (keyof Inputs & string)[];
  forward(inputs: Inputs): [output: tf.Tensor3D, kept: tf.Tensor3D];
  /** @returns gradients of `learned`, in that order */
  backward(inputs: Inputs & Walked): tf.Tensor[];
}

/**
 * Runs an operation and puts its gradient on the tape, if there is one.
 *
 * Where the backend has a kernel of the operation's name, that runs instead of the definition in tfjs operations: same inputs by name, same outputs in the
 * same order; with the attribute `keep: false` it returns the output alone. The kernel of the gradient reads `output`, `kept` and `dy` besides the inputs. Each
 * of the two is replaced on its own.
 */
export function runFused<Inputs extends object>(op: FusedOp<Inputs>, inputs: Inputs): tf.Tensor3D {
  const names = [...op.learned, ...op.fixed].filter((name) => inputs[name] !== undefined);
  if (!tf.engine().isTapeOn())
    return kernelOr(op.name, inputs, (given) => op.forward(given).slice(0, 1), { keep: false })[0] as tf.Tensor3D;
  const named = (tensors: readonly tf.Tensor[]) => Object.fromEntries(names.map((name, at) => [name, tensors[at]!])) as Inputs;
  const taped = tf.customGrad(((...args: [...tf.Tensor[], tf.GradSaveFunc]) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const given = args.slice(0, -1) as tf.Tensor[];
    const [value, kept] = kernelOr(op.name, named(given), op.forward) as [tf.Tensor3D, tf.Tensor3D];
    save([...given, value, kept]);
    const gradFunc = (dy: tf.Tensor3D, saved: tf.Tensor[]) => {
      const [output, kept] = saved.slice(-2) as [tf.Tensor3D, tf.Tensor3D];
      const gradients = kernelOr(`${op.name}Gradient`, { ...named(saved), output, kept, dy }, op.backward);
      return [...gradients, ...saved.slice(op.learned.length, -2).map((fixed) => tf.zerosLike(fixed))]; // tfjs wants one for each argument
    };
    return { value, gradFunc };
  }) as Parameters<typeof tf.customGrad>[0]);
  return taped(...names.map((name) => inputs[name] as tf.Tensor)) as tf.Tensor3D;
}

function kernelOr<Inputs extends object>(
  name: string,
  inputs: Inputs,
  definition: (inputs: Inputs) => tf.Tensor[],
  attributes: tf.NamedAttrMap = {},
): tf.Tensor[] {
  if (!tf.getKernel(name, tf.getBackend())) return tf.tidy(() => definition(inputs));
  const given = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor !== undefined)) as tf.NamedTensorMap;
  return tf.engine().runKernel(name, given, attributes) as tf.Tensor[];
}
