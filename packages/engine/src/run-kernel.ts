import { createArrayKernels, type OptionalArrayKernels } from './backends/kernels/array-kernels.js';
import type { Build } from './backends/kernels/build.js';
import { findBuild } from './backends/kernels/find-build.js';
import type { ArrayKernels } from './kernels.js';
import { tf } from './tfjs/tfjs.js';

/**
 * Kernels that run on the addon, if it is there, on backends that have none: their results are not part of a backend's
 * computation.
 */
const independent: ReadonlySet<string> = new Set<keyof ArrayKernels>([
  'leastSquaresGram',
  'nearestSets',
  'rankTargets',
  'solveLeastSquares',
]);

const arrayKernels = new WeakMap<Build, OptionalArrayKernels>();

/**
 * Runs the kernel `name` if there is one for the backend in use, else `definition`. This is the only way to a kernel.
 *
 * There are two families, told apart by the first letter of their name:
 *
 * - Kernels on arrays (`sumRows`) are those of `ArrayKernels`. A kernel may return `undefined` for inputs that it does
 * not support; the definition runs
 *   then.
 * - Kernels on tensors (`LstmSequence`) are registered with `tf.registerKernel`. Inputs that are tensors become inputs
 * of that kernel, all others its attributes. If a gradient is registered with `tf.registerGradient`, the kernel is
 * differentiable. The definition runs inside `tf.tidy`.
 *
 * @example
 * runKernel('solveLeastSquares', problem, leastSquaresDefinition)
 */
export function runKernel<Name extends keyof ArrayKernels>(
  name: Name,
  inputs: Parameters<ArrayKernels[Name]>[0],
  definition: ArrayKernels[Name],
): ReturnType<ArrayKernels[Name]>;
export function runKernel<Inputs extends object, Output extends tf.Tensor | tf.Tensor[]>(
  name: Capitalize<string>,
  inputs: Inputs,
  definition: (inputs: Inputs) => Output,
): Output;
export function runKernel(name: string, given: unknown, definition: (inputs: never) => unknown): unknown {
  const inputs = given as object;
  const define = definition as (inputs: object) => unknown;
  if (!isCapitalized(name)) return findArrayKernel(name)?.(inputs) ?? define(inputs);
  if (tf.getKernel(name, tf.getBackend())) return runTensorKernel(name, inputs);
  return tf.tidy(() => define(inputs) as tf.TensorContainer);
}

/** Whether `runKernel` would find a kernel of this name, rather than run the definition. */
export function hasKernel(name: keyof ArrayKernels | Capitalize<string>): boolean {
  return isCapitalized(name) ? tf.getKernel(name, tf.getBackend()) !== undefined : findArrayKernel(name) !== undefined;
}

function isCapitalized(name: string): boolean {
  return name[0] !== name[0]!.toLowerCase();
}

function findArrayKernel(name: string): ((inputs: object) => unknown) | undefined {
  const build = findBuild(tf.getBackend()) ?? (independent.has(name) ? findBuild('native') : undefined);
  if (!build) return undefined;
  const kernels = arrayKernels.get(build) ?? createArrayKernels(build);
  arrayKernels.set(build, kernels);
  return kernels[name as keyof ArrayKernels] as (inputs: object) => unknown;
}

function runTensorKernel(name: string, inputs: object): tf.Tensor | tf.Tensor[] {
  const given = Object.entries(inputs).filter(([, value]) => value !== undefined);
  const tensors = given.filter(([, value]) => value instanceof tf.Tensor);
  const attributes = given.filter(([, value]) => !(value instanceof tf.Tensor));
  return tf.engine().runKernel(name, Object.fromEntries(tensors), Object.fromEntries(attributes));
}
