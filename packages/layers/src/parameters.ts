import { tf } from '@footlight/engine';
import type { Parameters } from './types.js';

/**
 * Flattens a tree of parameters to a map from path to variable, e.g. `user/weight`.
 *
 * Optimizers and checkpoints identify parameters by these paths, never by position.
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

/**
 * Frees the memory of all parameters of a tree; the layers that own them cannot be used afterwards.
 *
 * A variable that occurs in the tree several times is freed once.
 */
export function disposeParameters(tree: Parameters): void {
  for (const variable of new Set(collectParameters(tree).values())) if (!variable.isDisposed) variable.dispose();
}
