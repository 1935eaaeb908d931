import type { Rng } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../use-backend.js';
import {
  bools,
  floats,
  type Given,
  hold,
  ints,
  type Make,
  plain,
  repeatable,
  shuffledPair,
  someShape,
} from './agreement.fixture.js';
import { loadNativeKernels } from './load-kernels.js';
import type { NativeBackend } from './native-backend.js';

const unary = (compute: (x: tf.Tensor) => tf.Tensor, tolerance?: number): Make => {
  return (rng) => ({
    given: [floats(rng, someShape(rng), 0.2)],
    compute: ([x]) => compute(x!),
    ...(tolerance && { tolerance }),
  });
};

const binary = (
  compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  make = floats as (rng: Rng, shape: number[]) => Given,
): Make => {
  return (rng) => {
    const shape = someShape(rng);
    return {
      given: shuffledPair(rng, make(rng, shape), make(rng, repeatable(rng, shape))),
      compute: ([a, b]) => compute(a!, b!),
    };
  };
};

const smallInts = (rng: Rng, shape: number[]) => ints(rng, shape, 3);

const reduction = (compute: (x: tf.Tensor, axes: number[], keep: boolean) => tf.Tensor, tolerance?: number): Make => {
  return (rng) => {
    const x = floats(rng, someShape(rng, 1), rng.next() < 0.2 ? 0.1 : 0);
    const axes = x.shape.map((_, axis) => axis).filter(() => rng.next() < 0.5);
    const keep = rng.next() < 0.5;
    return { given: [x], compute: ([t]) => compute(t!, axes, keep), ...(tolerance && { tolerance }) };
  };
};

/** Something along one axis of anything. */
const along = (compute: (x: tf.Tensor, axis: number, rng: Rng) => tf.Tensor | tf.Tensor[]): Make => {
  return (rng) => {
    const shape = someShape(rng, 1);
    const x = rng.next() < 0.5 ? floats(rng, shape) : rng.next() < 0.5 ? ints(rng, shape, 9) : bools(rng, shape);
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

/** With any number in front and behind, so that batches are broadcast. */
const product2: Make = (rng) => {
  const [m, k, n] = [1 + rng.integer(9), 1 + rng.integer(19), 1 + rng.integer(17)];
  const [left, right] = [rng.next() < 0.5, rng.next() < 0.5];
  const batch = [[], [3], [2, 3]][rng.integer(3)]!;
  const [batchA, batchB] = shuffledPair(rng, batch, rng.next() < 0.5 ? batch : batch.map(() => 1));
  const [bias, activation] = [
    rng.next() < 0.5,
    (['linear', 'relu', 'elu', 'relu6', 'sigmoid', 'leakyrelu'] as const)[rng.integer(6)]!,
  ];
  return {
    given: [
      plain(rng, [...batchA, ...(left ? [k, m] : [m, k])]),
      plain(rng, [...batchB, ...(right ? [n, k] : [k, n])]),
      plain(rng, [n]),
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
    tolerance: 1e-4, // of sums of up to 19 products of numbers around 1
  };
};

const kernels: Record<string, Make> = {
  abs: unary(tf.abs),
  ceil: unary(tf.ceil),
  cos: unary(tf.cos),
  clipByValue: unary((x) => tf.clipByValue(x, -0.7, 1.3)),
  elu: unary(tf.elu),
  exp: unary(tf.exp),
  expm1: unary(tf.expm1),
  floor: unary(tf.floor),
  leakyRelu: unary((x) => tf.leakyRelu(x, 0.3)),
  log: unary(tf.log),
  log1p: unary(tf.log1p),
  neg: unary(tf.neg),
  reciprocal: unary(tf.reciprocal),
  relu: unary(tf.relu),
  relu6: unary(tf.relu6),
  round: unary(tf.round),
  rsqrt: unary(tf.rsqrt),
  sigmoid: unary(tf.sigmoid),
  sign: unary(tf.sign),
  sin: unary(tf.sin),
  softplus: unary(tf.softplus),
  sqrt: unary(tf.sqrt),
  square: unary(tf.square),
  step: unary((x) => tf.step(x, 0.3)),
  tanh: unary(tf.tanh),
  zerosLike: unary(tf.zerosLike),
  onesLike: unary(tf.onesLike),
  fill: unary((x) => tf.fill(x.shape, 0.3)),
  'neg of int32': (rng) => ({ given: [ints(rng, someShape(rng), 9)], compute: ([x]) => tf.neg(x!) }),
  add: binary(tf.add),
  'add of int32': binary(tf.add, smallInts),
  sub: binary(tf.sub),
  mul: binary(tf.mul),
  div: binary(tf.div),
  maximum: binary(tf.maximum),
  minimum: binary(tf.minimum),
  pow: binary((a, b) => tf.pow(tf.abs(a), tf.clipByValue(b, -3, 3))),
  'pow of anything': binary(tf.pow),
  prelu: binary((a, b) => (a.shape.length >= b.shape.length ? tf.prelu(a, b) : tf.prelu(b, a))),
  squaredDifference: binary(tf.squaredDifference),
  equal: binary(tf.equal),
  'equal of int32': binary(tf.equal, smallInts),
  'equal of bool': binary(tf.equal, bools),
  notEqual: binary(tf.notEqual),
  less: binary(tf.less),
  lessEqual: binary(tf.lessEqual, smallInts),
  greater: binary(tf.greater),
  greaterEqual: binary(tf.greaterEqual),
  logicalAnd: binary(tf.logicalAnd, bools),
  logicalOr: binary(tf.logicalOr, bools),
  addN: (rng) => {
    const shape = someShape(rng);
    return { given: [floats(rng, shape), floats(rng, shape), floats(rng, shape)], compute: (all) => tf.addN(all) };
  },
  eluGrad: (rng) => {
    const shape = someShape(rng);
    return {
      given: [floats(rng, shape), floats(rng, shape)],
      compute: ([dy, y]) => tf.engine().runKernel('EluGrad', { dy: dy!, y: y! }) as tf.Tensor,
    };
  },
  where: (rng) => {
    const shape = someShape(rng);
    const chosen = bools(rng, rng.next() < 0.7 ? shape : repeatable(rng, shape));
    return { given: [chosen, floats(rng, shape), floats(rng, shape)], compute: ([c, a, b]) => tf.where(c!, a!, b!) };
  },
  sum: reduction(tf.sum, 1e-4),
  'sum of bool': (rng) => ({ given: [bools(rng, someShape(rng))], compute: ([x]) => tf.sum(x!) }),
  mean: reduction(tf.mean, 1e-4),
  max: reduction(tf.max),
  min: reduction(tf.min),
  prod: reduction(tf.prod, 1e-4),
  argMax: along((x, axis) => tf.argMax(tf.cast(x, 'float32'), axis)),
  argMin: along((x, axis) => tf.argMin(tf.cast(x, 'float32'), axis)),
  'long sums': (rng) => {
    const x = floats(rng, [2 + rng.integer(60), 1 + rng.integer(3000)], 0);
    return {
      given: [x],
      compute: ([t]) => [tf.sum(t!), tf.sum(t!, 0), tf.mean(t!, 1), tf.max(t!, 0), tf.max(t!, 1), tf.min(t!, 1)],
      tolerance: 1e-3,
    };
  },
  topk: (rng) => {
    const x = rng.next() < 0.5 ? floats(rng, someShape(rng, 1), 0) : smallInts(rng, someShape(rng, 1)); // whole numbers: many are equal; tfjs's own goes wrong with infinity
    const count = rng.integer((x.shape.at(-1) ?? 0) + 1);
    const compute = ([t]: tf.Tensor[]) => Object.values(tf.topk(tf.cast(t!, 'float32'), count)) as tf.Tensor[];
    return { given: [x], compute };
  },
  cumsum: (rng) => {
    const x = floats(rng, someShape(rng, 1), 0);
    const [exclusive, reverse] = [rng.next() < 0.5, rng.next() < 0.5];
    const axis = Math.floor(rng.next() * x.shape.length);
    return { given: [x], compute: ([t]) => tf.cumsum(t!, axis, exclusive, reverse), tolerance: 1e-4 };
  },
  softmax: (rng) => ({
    given: [floats(rng, someShape(rng, 1), 0)],
    compute: ([x]) => [tf.softmax(x!), tf.logSoftmax(x!)],
    tolerance: 1e-5,
  }),
  matMul: product2,
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
    given: [floats(rng, [1 + rng.integer(3), 1 + rng.integer(90), 1 + rng.integer(90)])],
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
    const x = floats(rng, someShape(rng, 1, 4));
    const axis = rng.integer(x.shape.length);
    const ids = ints(rng, someShape(rng, 0, 2), Math.max(1, x.shape[axis]!));
    return {
      given: x.shape[axis] === 0 ? [x, { ...ids, values: new Int32Array(0), shape: [0] }] : [x, ids],
      compute: ([t, at]) => tf.gather(t!, at as tf.Tensor1D, axis),
    };
  },
  'gather of batches': (rng) => ({
    given: [floats(rng, [3, 5, 2]), ints(rng, [3, 7], 5)],
    compute: ([x, ids]) => tf.gather(x!, ids as tf.Tensor2D, 1, 1),
  }),
  unsortedSegmentSum: (rng) => {
    const rows = 1 + rng.integer(40);
    return {
      given: [floats(rng, [rows, ...someShape(rng, 0, 2)], 0), ints(rng, [rows], 9)],
      compute: ([x, ids]) => tf.unsortedSegmentSum(x!, tf.sub(ids!, tf.scalar(1, 'int32')) as tf.Tensor1D, 7),
      tolerance: 1e-4,
    };
  },
  oneHot: (rng) => ({
    given: [ints(rng, someShape(rng, 0, 3), 9)],
    compute: ([ids]) => tf.oneHot(ids!, 7, 0.3, 0.1, 'float32'),
  }),
};

describe.skipIf(!loadNativeKernels())('the native backend', () => {
  beforeAll(async () => {
    await useBackend('cpu');
    await useBackend('native');
  });

  const backend = () => tf.backend() as unknown as NativeBackend;

  it.each(Object.keys(kernels))('%s is that of cpu, whatever the shapes', async (name) => {
    for (let seed = 0; seed < 25; seed++) await hold(kernels, name, seed);
  });

  it('is that of cpu for as long as FOOTLIGHT_FUZZ_SECONDS says', async () => {
    const until = Date.now() + 1000 * Number(process.env.FOOTLIGHT_FUZZ_SECONDS ?? 1);
    const names = Object.keys(kernels);
    for (let seed = 1000; Date.now() < until; seed++) await hold(kernels, names[seed % names.length]!, seed);
  }, 600_000);

  it('says what it is', async () => {
    expect(await useBackend('native')).toMatchObject({
      name: 'native',
      reason: expect.stringMatching(/^C\+\+ kernels, \d+ threads?$/),
    });
  });

  it('refuses ids that are no rows', () => {
    expect(() => tf.gather(tf.ones([7, 3]), tf.tensor1d([0, 9], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: gather(ids): expected ids from 0 to 6, received 9 at position 1.]`,
    );
  });

  it('leaves values that were read as they are, whatever is computed later', () => {
    const x = tf.fill([2048], 3);
    const y = tf.mul(x, 2);
    const read = y.dataSync();
    y.dispose();
    for (let round = 0; round < 5; round++) tf.tidy(() => tf.add(tf.fill([2048], round), x));
    expect([...new Set(read)]).toEqual([6]);
    x.dispose();
  });

  it('leaves a part of a tensor as it is when the whole is disposed', () => {
    const x = tf.fill([2, 2048], 3);
    const part = tf.stridedSlice(x, [0, 0], [1, 2048], [1, 1]); // tfjs's own: shares the memory
    x.dispose();
    for (let round = 0; round < 5; round++) tf.tidy(() => tf.fill([2, 2048], round));
    expect([...new Set(part.dataSync())]).toEqual([3]);
    part.dispose();
  });

  it('leaves a tensor as it is when another with the same values is disposed', async () => {
    const x = tf.fill([2048], 3);
    const same = tf.reshape(x, [2, 1024]);
    x.dispose();
    tf.tidy(() => tf.fill([2048], 5));
    expect([...new Set(same.dataSync())]).toEqual([3]);
    same.dispose();
  });

  it('takes no new memory for a step that was done before', () => {
    const weights = tf.variable(tf.ones([64, 128]));
    const inputs = tf.ones([128, 64]);
    const step = () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () => tf.mean(tf.softplus(tf.sub(1, tf.matMul(inputs, weights)))) as tf.Scalar,
          [weights],
        );
        weights.assign(tf.sub(weights, tf.mul(grads[weights.name]!, 0.1)));
        return value.dataSync()[0]!;
      });
    for (let warm = 0; warm < 3; warm++) step();
    const { made } = backend().arrays;
    const { numTensors, numBytes } = tf.memory();
    for (let round = 0; round < 5; round++) step();
    expect(backend().arrays.made).toBe(made);
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
    tf.dispose([weights, inputs]);
  });

  it('gives tensors to another backend, and takes them back', async () => {
    const x = tf.fill([2048], 3);
    await tf.setBackend('cpu');
    const y = tf.mul(x, 2);
    await tf.setBackend('native');
    const z = tf.add(y, x);
    tf.dispose([x, y]);
    tf.tidy(() => tf.fill([2048], 5));
    expect([...new Set(z.dataSync())]).toEqual([9]);
    z.dispose();
  });
});
