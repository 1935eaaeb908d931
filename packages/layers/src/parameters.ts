import * as tf from '@tensorflow/tfjs';
import type { Parameters } from './types.js';

/**
 * Flattens a tree of parameters to path → variable, e.g. `user/weight`. Optimizers and checkpoints know parameters by these paths.
 *
 * @example
 * for (const [path, variable] of collectParameters(network.parameters)) console.log(path, variable.shape);
 */
export function collectParameters(tree: Parameters): Map<string, tf.Variable> {
  return new Map(iterateLeaves(tree, ''));
}

function* iterateLeaves(tree: Parameters, prefix: string): Generator<[string, tf.Variable]> {
  for (const [name, node] of Object.entries(tree)) {
    if (node instanceof tf.Variable) yield [prefix + name, node];
    else yield* iterateLeaves(node, `${prefix}${name}/`);
  }
}

/** Frees the memory of all parameters; what they belong to cannot be used any more. A shared parameter may stand in the tree twice. */
export function disposeParameters(tree: Parameters): void {
  for (const variable of new Set(collectParameters(tree).values())) if (!variable.isDisposed) variable.dispose();
}
