import type { Rng } from '@footlight/core';
import { tf } from '../../../tfjs/tfjs.js';
import {
  drawBools,
  drawBroadcastShape,
  drawFloats,
  drawInts,
  drawShape,
  type Given,
  type Make,
  shufflePair,
} from './agreement.fixture.js';

const unary = (compute: (x: tf.Tensor) => tf.Tensor, tolerance?: number): Make => {
  return (rng) => ({
    given: [drawFloats(rng, drawShape(rng), 0.2)],
    compute: ([x]) => compute(x!),
    ...(tolerance && { tolerance }),
  });
};

const binary = (
  compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  make = drawFloats as (rng: Rng, shape: number[]) => Given,
): Make => {
  return (rng) => {
    const shape = drawShape(rng);
    return {
      given: shufflePair(rng, make(rng, shape), make(rng, drawBroadcastShape(rng, shape))),
      compute: ([a, b]) => compute(a!, b!),
    };
  };
};

const drawSmallInts = (rng: Rng, shape: number[]) => drawInts(rng, shape, 3);

/** Elementwise kernels. */
export const elementwiseCases: Record<string, Make> = {
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
  'neg of int32': (rng) => ({ given: [drawInts(rng, drawShape(rng), 9)], compute: ([x]) => tf.neg(x!) }),
  add: binary(tf.add),
  'add of int32': binary(tf.add, drawSmallInts),
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
  'equal of int32': binary(tf.equal, drawSmallInts),
  'equal of bool': binary(tf.equal, drawBools),
  notEqual: binary(tf.notEqual),
  less: binary(tf.less),
  lessEqual: binary(tf.lessEqual, drawSmallInts),
  greater: binary(tf.greater),
  greaterEqual: binary(tf.greaterEqual),
  logicalAnd: binary(tf.logicalAnd, drawBools),
  logicalOr: binary(tf.logicalOr, drawBools),
  addN: (rng) => {
    const shape = drawShape(rng);
    return {
      given: [drawFloats(rng, shape), drawFloats(rng, shape), drawFloats(rng, shape)],
      compute: (all) => tf.addN(all),
    };
  },
  eluGrad: (rng) => {
    const shape = drawShape(rng);
    return {
      given: [drawFloats(rng, shape), drawFloats(rng, shape)],
      compute: ([dy, y]) => tf.engine().runKernel('EluGrad', { dy: dy!, y: y! }) as tf.Tensor,
    };
  },
  where: (rng) => {
    const shape = drawShape(rng);
    const condition = drawBools(rng, rng.next() < 0.7 ? shape : drawBroadcastShape(rng, shape));
    return {
      given: [condition, drawFloats(rng, shape), drawFloats(rng, shape)],
      compute: ([c, a, b]) => tf.where(c!, a!, b!),
    };
  },
};
