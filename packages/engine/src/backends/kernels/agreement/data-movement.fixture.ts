import { tf } from '../../../tfjs/tfjs.js';
import { drawFloats, drawInts, drawShape, type Make } from './agreement.fixture.js';
import { along } from './reductions.fixture.js';

/** Kernels that copy entries. */
export const dataMovementCases: Record<string, Make> = {
  slice: along((x, _, rng) => {
    const begin = x.shape.map((size) => rng.integer(size + 1));
    return tf.slice(
      x,
      begin,
      x.shape.map((size, axis) => rng.integer(size - begin[axis]! + 1)),
    );
  }),
  split: along((x, axis, rng) => {
    const first = rng.integer(x.shape[axis]! + 1);
    return tf.split(x, [first, x.shape[axis]! - first], axis);
  }),
  stack: along((x, axis) => tf.stack([x, tf.zerosLike(x), x], axis)),
  unstack: along((x, axis) => tf.unstack(x, axis)),
  concat: along((x, axis, rng) =>
    tf.concat([x, tf.slice(x, 0, [rng.integer(x.shape[0]! + 1)]), x].slice(axis === 0 ? 0 : 2).concat(x), axis),
  ),
  transpose: along((x, _, rng) => tf.transpose(x, rng.shuffle(x.shape.map((__, axis) => axis)))),
  'transpose of large': (rng) => ({
    given: [drawFloats(rng, [1 + rng.integer(3), 1 + rng.integer(90), 1 + rng.integer(90)])],
    compute: ([x]) => [tf.transpose(x!, [0, 2, 1]), tf.transpose(x!), tf.transpose(x!, [1, 2, 0])],
  }),
  tile: along((x, _, rng) =>
    tf.tile(
      x,
      x.shape.map(() => 1 + rng.integer(3)),
    ),
  ),
  pad: along((x, _, rng) =>
    tf.pad(
      x.shape.length > 4 ? tf.reshape(x, [x.size]) : x,
      (x.shape.length > 4 ? [0] : x.shape).map(() => [rng.integer(3), rng.integer(3)]) as [number, number][],
      x.dtype === 'bool' ? 0 : 3,
    ),
  ),
  reverse: along((x, axis) => tf.reverse(x, axis)),
  cast: along((x) => [
    tf.cast(x, 'float32'),
    tf.mul(tf.cast(x, 'float32'), 2),
    ...(x.dtype === 'float32' ? [] : [tf.cast(x, 'int32')]),
  ]),
  gather: (rng) => {
    const x = drawFloats(rng, drawShape(rng, 1, 4));
    const axis = rng.integer(x.shape.length);
    const ids = drawInts(rng, drawShape(rng, 0, 2), Math.max(1, x.shape[axis]!));
    return {
      given: x.shape[axis] === 0 ? [x, { ...ids, values: new Int32Array(0), shape: [0] }] : [x, ids],
      compute: ([t, at]) => tf.gather(t!, at as tf.Tensor1D, axis),
    };
  },
  'gather of batches': (rng) => ({
    given: [drawFloats(rng, [3, 5, 2]), drawInts(rng, [3, 7], 5)],
    compute: ([x, ids]) => tf.gather(x!, ids as tf.Tensor2D, 1, 1),
  }),
  unsortedSegmentSum: (rng) => {
    const rows = 1 + rng.integer(40);
    return {
      given: [drawFloats(rng, [rows, ...drawShape(rng, 0, 2)], 0), drawInts(rng, [rows], 9)],
      compute: ([x, ids]) => tf.unsortedSegmentSum(x!, tf.sub(ids!, tf.scalar(1, 'int32')) as tf.Tensor1D, 7),
      tolerance: 1e-4,
    };
  },
  oneHot: (rng) => ({
    given: [drawInts(rng, drawShape(rng, 0, 3), 9)],
    compute: ([ids]) => tf.oneHot(ids!, 7, 0.3, 0.1, 'float32'),
  }),
};
