import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { mLstm } from './m-lstm.js';
import type { Recurrent, RecurrentApplyOptions, RecurrentOptions } from './recurrent.js';

export type LayerName = 'lstm' | 'mLstm' | 'gru';

export const layers: Record<LayerName, (options: RecurrentOptions) => Recurrent> = { lstm, mLstm, gru };

export const layerNames: readonly LayerName[] = ['lstm', 'mLstm', 'gru'];

/** Creates a small layer with a learned start. */
export function createLayer(name: LayerName, options: Partial<RecurrentOptions> = {}): Recurrent {
  return layers[name]({ inputDim: 3, dim: 2, rng: createRng(7), start: 'learned', ...options });
}

/** The numbers cos(1) to cos(count). */
export function createCosines(count: number): tf.Tensor1D {
  return tf.cos(tf.range(1, count + 1));
}

/** An input of the small layer. @shape `[2, 5, 3]` */
export function createSequence(): tf.Tensor3D {
  return tf.reshape(createCosines(2 * 5 * 3), [2, 5, 3]) as tf.Tensor3D;
}

export function toNumbers(tensor: tf.Tensor): number[] {
  return [...tensor.dataSync()];
}

/**
 * Computes hidden states and, for layers that have them, cell states.
 *
 * @shape `[batch, time, dim]` or `[batch, time, 2 · dim]`
 */
export function computeStates(layer: Recurrent, input: tf.Tensor, options?: RecurrentApplyOptions): tf.Tensor3D {
  return tf.tidy(() => {
    const { hidden, cell } = layer.apply(input as tf.Tensor3D, options);
    return cell ? tf.concat([hidden, cell], 2) : hidden;
  });
}
