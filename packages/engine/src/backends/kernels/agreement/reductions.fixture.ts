import type { Rng } from '@footlight/core';
import { tf } from '../../../tfjs/tfjs.js';
import { drawBools, drawFloats, drawInts, drawPlain, drawShape, type Make, shufflePair } from './agreement.fixture.js';

const drawSmallInts = (rng: Rng, shape: number[]) => drawInts(rng, shape, 3);

const reduction = (compute: (x: tf.Tensor, axes: number[], keep: boolean) => tf.Tensor, tolerance?: number): Make => {
  return (rng) => {
    const x = drawFloats(rng, drawShape(rng, 1), rng.next() < 0.2 ? 0.1 : 0);
    const axes = x.shape.map((_, axis) => axis).filter(() => rng.next() < 0.5);
    const keep = rng.next() < 0.5;
    return { given: [x], compute: ([t]) => compute(t!, axes, keep), ...(tolerance && { tolerance }) };
  };
};

/** Operations along one axis of a tensor of any type. */
export const along = (compute: (x: tf.Tensor, axis: number, rng: Rng) => tf.Tensor | tf.Tensor[]): Make => {
  return (rng) => {
    const shape = drawShape(rng, 1);
    const x =
      rng.next() < 0.5 ? drawFloats(rng, shape) : rng.next() < 0.5 ? drawInts(rng, shape, 9) : drawBools(rng, shape);
    const axis = rng.integer(shape.length);
    const state = rng.snapshot();
    return {
      given: [x],
      compute([t]) {
        rng.restore(state);
        return compute(t!, axis, rng);
      },
    };
  };
};

/** Matrix products with batches that broadcast. */
const drawProduct: Make = (rng) => {
  const [m, k, n] = [1 + rng.integer(9), 1 + rng.integer(19), 1 + rng.integer(17)];
  const [left, right] = [rng.next() < 0.5, rng.next() < 0.5];
  const batch = [[], [3], [2, 3]][rng.integer(3)]!;
  const [batchA, batchB] = shufflePair(rng, batch, rng.next() < 0.5 ? batch : batch.map(() => 1));
  const [bias, activation] = [
    rng.next() < 0.5,
    (['linear', 'relu', 'elu', 'relu6', 'sigmoid', 'leakyrelu'] as const)[rng.integer(6)]!,
  ];
  return {
    given: [
      drawPlain(rng, [...batchA, ...(left ? [k, m] : [m, k])]),
      drawPlain(rng, [...batchB, ...(right ? [n, k] : [k, n])]),
      drawPlain(rng, [n]),
    ],
    compute: ([a, b, c]) => [
      tf.matMul(a!, b!, left, right),
      tf.fused.matMul({
        a: a!,
        b: b!,
        transposeA: left,
        transposeB: right,
        activation,
        leakyreluAlpha: 0.3,
        ...(bias && { bias: c! }),
      }),
    ],
    tolerance: 1e-4, // sums of up to 19 products of numbers around 1
  };
};

/** Reductions and products. */
export const reductionCases: Record<string, Make> = {
  sum: reduction(tf.sum, 1e-4),
  'sum of bool': (rng) => ({ given: [drawBools(rng, drawShape(rng))], compute: ([x]) => tf.sum(x!) }),
  mean: reduction(tf.mean, 1e-4),
  max: reduction(tf.max),
  min: reduction(tf.min),
  prod: reduction(tf.prod, 1e-4),
  argMax: along((x, axis) => tf.argMax(tf.cast(x, 'float32'), axis)),
  argMin: along((x, axis) => tf.argMin(tf.cast(x, 'float32'), axis)),
  'long sums': (rng) => {
    const x = drawFloats(rng, [2 + rng.integer(60), 1 + rng.integer(3000)], 0);
    return {
      given: [x],
      compute: ([t]) => [tf.sum(t!), tf.sum(t!, 0), tf.mean(t!, 1), tf.max(t!, 0), tf.max(t!, 1), tf.min(t!, 1)],
      tolerance: 1e-3,
    };
  },
  topk: (rng) => {
    // integers, of which many are equal; tfjs's own kernel fails with infinity
    const x = rng.next() < 0.5 ? drawFloats(rng, drawShape(rng, 1), 0) : drawSmallInts(rng, drawShape(rng, 1));
    const count = rng.integer((x.shape.at(-1) ?? 0) + 1);
    const compute = ([t]: tf.Tensor[]) => Object.values(tf.topk(tf.cast(t!, 'float32'), count)) as tf.Tensor[];
    return { given: [x], compute };
  },
  cumsum: (rng) => {
    const x = drawFloats(rng, drawShape(rng, 1), 0);
    const [exclusive, reverse] = [rng.next() < 0.5, rng.next() < 0.5];
    const axis = Math.floor(rng.next() * x.shape.length);
    return { given: [x], compute: ([t]) => tf.cumsum(t!, axis, exclusive, reverse), tolerance: 1e-4 };
  },
  softmax: (rng) => ({
    given: [drawFloats(rng, drawShape(rng, 1), 0)],
    compute: ([x]) => [tf.softmax(x!), tf.logSoftmax(x!)],
    tolerance: 1e-5,
  }),
  matMul: drawProduct,
};
