import { assertShape } from '@footlight/core';
import { allocate, holdsTensorsElsewhere, readValues, toTensor } from '../memory.js';
import { tf } from '../tfjs/tfjs.js';

/** Which steps of a padded batch are real. Without padding, they lie one after the other: a ragged tensor. */
export interface RaggedLayout {
  readonly batch: number;
  readonly time: number;
  /** `[batch + 1]`: where the real steps of each sequence begin among all of them, and where the last ones end. */
  readonly offsets: Int32Array;
  /** `[step]`: where each real step is in `[batch, time]`. */
  readonly positions: Int32Array;
}

/**
 * Finds the steps whose mask is not 0. Returns `undefined` where reading the mask would wait for a device; callers then
 * compute padding as well.
 *
 * @shape mask `[batch, time]`
 */
export function findRealSteps(mask: tf.Tensor2D): RaggedLayout | undefined {
  const { batch, time } = assertShape('findRealSteps(mask)', mask, ['batch', 'time']);
  if (holdsTensorsElsewhere()) return undefined;
  const values = mask.dtype === 'float32' ? readValues(mask) : mask.dataSync();
  const offsets = new Int32Array(batch + 1);
  const positions = new Int32Array(batch * time);
  let count = 0;
  for (let row = 0; row < batch; row++) {
    for (let at = row * time; at < (row + 1) * time; at++) if (values[at] !== 0) positions[count++] = at;
    offsets[row + 1] = count;
  }
  return { batch, time, offsets, positions: positions.subarray(0, count) };
}

/** The layout of sequences of the given lengths, padded on the right. @shape offsets `[batch + 1]` */
export function createLeftLayout(offsets: Int32Array): RaggedLayout {
  const batch = offsets.length - 1;
  let time = 0;
  for (let row = 0; row < batch; row++) time = Math.max(time, offsets[row + 1]! - offsets[row]!);
  const positions = new Int32Array(offsets[batch]!);
  for (let row = 0; row < batch; row++)
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) positions[at] = row * time + at - offsets[row]!;
  return { batch, time, offsets, positions };
}

/** Creates the mask of a layout. @shape → `[batch, time]`, 1 for a real step, else 0 */
export function createMask({ batch, time, positions }: RaggedLayout): tf.Tensor2D {
  const mask = new Float32Array(batch * time);
  for (const position of positions) mask[position] = 1;
  return tf.tensor2d(mask, [batch, time]);
}

/**
 * Gathers the real steps of a padded batch.
 *
 * @shape `[batch, time, dim]` → `[step, dim]`
 * @throws {RecsysError} `invalid-argument` if the shape is not that of the layout
 */
export function gatherSteps(padded: tf.Tensor3D, layout: RaggedLayout): tf.Tensor2D {
  const { batch, time } = layout;
  const { dim } = assertShape('gatherSteps(padded)', padded, ['batch', 'time', 'dim'], { batch, time });
  if (layout.positions.length === batch * time) return tf.reshape(padded, [batch * time, dim]);
  const gather = tf.customGrad((input) => ({
    value: toTensor(copyToSteps(readValues(input as tf.Tensor), dim, layout), [layout.positions.length, dim]),
    gradFunc: (dy: tf.Tensor) => scatterSteps(dy as tf.Tensor2D, layout),
  }));
  return gather(padded) as tf.Tensor2D;
}

/**
 * Places real steps in a padded batch, with zeros for padding: the inverse of `gatherSteps`.
 *
 * @shape `[step, dim]` → `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if there are not as many steps as the layout has
 */
export function scatterSteps(steps: tf.Tensor2D, layout: RaggedLayout): tf.Tensor3D {
  const { batch, time, positions } = layout;
  const { dim } = assertShape('scatterSteps(steps)', steps, ['step', 'dim'], { step: positions.length });
  if (positions.length === batch * time) return tf.reshape(steps, [batch, time, dim]);
  const scatter = tf.customGrad((input) => ({
    value: toTensor(copyToPadded(readValues(input as tf.Tensor), dim, layout), [batch, time, dim]),
    gradFunc: (dy: tf.Tensor) => gatherSteps(dy as tf.Tensor3D, layout),
  }));
  return scatter(steps) as tf.Tensor3D;
}

function copyToSteps(padded: Float32Array, dim: number, { positions }: RaggedLayout): Float32Array {
  const steps = allocate(positions.length * dim);
  forEachRun(positions, (step, position, count) => {
    steps.set(padded.subarray(position * dim, (position + count) * dim), step * dim);
  });
  return steps;
}

function copyToPadded(steps: Float32Array, dim: number, { batch, time, positions }: RaggedLayout): Float32Array {
  const padded = allocate(batch * time * dim);
  let end = 0; // of what is written
  forEachRun(positions, (step, position, count) => {
    padded.fill(0, end, position * dim);
    end = (position + count) * dim;
    padded.set(steps.subarray(step * dim, (step + count) * dim), position * dim);
  });
  return padded.fill(0, end);
}

/** Calls `run` for each sequence of real steps that follow one another in the padded batch. */
function forEachRun(positions: Int32Array, run: (step: number, position: number, count: number) => void): void {
  for (let step = 0; step < positions.length; ) {
    let end = step + 1;
    while (end < positions.length && positions[end] === positions[end - 1]! + 1) end++;
    run(step, positions[step]!, end - step);
    step = end;
  }
}
