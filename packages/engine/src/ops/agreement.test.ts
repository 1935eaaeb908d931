import type { Rng } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { floats, type Given, hold, ints, type Make } from '../backends/native/agreement.fixture.js';
import { addRows, valueAndGradients } from '../gradients.js';
import { nativeKernels } from '../native.js';
import { useBackend } from '../use-backend.js';
import { bagOfRows } from './bag-of-rows.js';
import { gruSequence } from './gru-sequence.js';
import { lookup } from './lookup.js';
import { lstmSequence } from './lstm-sequence.js';
import { mLstmSequence } from './m-lstm-sequence.js';
import { rankTargets, rankTargetsDefinition, type TargetRanks } from './rank-targets.js';
import { scoreCandidates } from './score-candidates.js';
import { sparseSoftmaxLoss } from './sparse-softmax-loss.js';

// What is fused on the native backend against its definition on cpu, values and gradients, with shapes and ids at random.

const size = (rng: Rng, most = 40) => 1 + rng.integer(rng.next() < 0.2 ? most : 7);
const numbers = (rng: Rng, ...shape: number[]) => floats(rng, shape, 0);
const masked = (rng: Rng, ...shape: number[]): Given => {
  const share = rng.next();
  return { values: Float32Array.from({ length: shape[0]! * shape[1]! }, () => (rng.next() < share ? 1 : 0)), shape, dtype: 'float32' };
};

/** The output and the gradients by the first inputs, of which the others are fixed. */
function walked(learned: number, compute: (tensors: tf.Tensor[]) => tf.Tensor): (tensors: tf.Tensor[]) => tf.Tensor[] {
  return (tensors) => {
    const fixed = tensors.slice(learned);
    const { value, grads } = tf.valueAndGrads((...own: tf.Tensor[]) => uneven(compute([...own, ...fixed])))(tensors.slice(0, learned));
    return [compute(tensors), value, ...grads];
  };
}

/** The same of operations on tables: gradients as whole tables, however they are handed over. */
function stepped(tables: number, compute: (tables: tf.Variable[], rest: tf.Tensor[]) => tf.Tensor): (tensors: tf.Tensor[]) => tf.Tensor[] {
  return (tensors) => {
    const variables = tensors.slice(0, tables).map((tensor) => tf.variable(tensor));
    const rest = tensors.slice(tables).map((tensor) => (tensor.dtype === 'float32' ? tf.variable(tensor) : tensor));
    const named = new Map([...variables, ...rest].flatMap((one, at) => (one instanceof tf.Variable ? [[`${at}`, one] as const] : [])));
    const { value, gradients } = valueAndGradients(() => uneven(compute(variables, rest)), named);
    const dense = [...named].map(([path, { shape, size: length }]) => {
      const gradient = gradients.get(path);
      const values = gradient?.kind === 'dense' ? gradient.values : new Float32Array(length);
      if (gradient?.kind === 'rows') addRows(values, gradient, shape[1]!);
      return tf.tensor(values, shape);
    });
    const result = tf.keep(tf.clone(compute(variables, rest)));
    tf.dispose([...variables, ...rest]);
    return [result, value, ...dense];
  };
}

/** A scalar that depends on every number in its own way. */
function uneven(y: tf.Tensor): tf.Scalar {
  return tf.sum(tf.mul(tf.reshape(y, [-1]), tf.cos(tf.range(1, y.size + 1)))) as tf.Scalar;
}

function bagsOf(rng: Rng, rows: number, withWeights: boolean) {
  const counts = Array.from({ length: size(rng) }, () => rng.integer(5));
  const offsets = Int32Array.from([0, ...counts]).map((_, at) => counts.slice(0, at).reduce((sum, count) => sum + count, 0));
  const ids = Int32Array.from({ length: offsets.at(-1)! }, () => rng.integer(rows));
  return { offsets, ids, ...(withWeights ? { weights: Float32Array.from(ids, () => rng.normal(0, 1)) } : {}) };
}

/** Weights about as large as those that layers begin with: larger ones make a chaos of rounding. */
const sequence = (rng: Rng, gates: number, more: (batch: number, time: number, dim: number) => Given[]): Given[] => {
  const [batch, time, dim] = [size(rng), size(rng, 20), size(rng, 30)];
  const small = (...shape: number[]): Given => ({
    values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal(0, 0.7 / Math.sqrt(dim))),
    shape,
    dtype: 'float32',
  });
  return [
    small(batch, time, gates * dim),
    small(dim, gates * dim),
    small(batch, dim),
    ...more(batch, time, dim).map(({ shape }) => small(...shape)),
    masked(rng, batch, time),
  ];
};
const shaped = (...shape: number[]): Given => ({ values: new Float32Array(0), shape, dtype: 'float32' });
const states = ({ hidden, cell }: { hidden: tf.Tensor; cell: tf.Tensor }) => tf.concat([hidden, cell], 2);

const operations: Record<string, Make> = {
  bagOfRows: (rng) => {
    const [rows, dim] = [rng.next() < 0.1 ? 5000 : size(rng), size(rng, 150)];
    const bags = bagsOf(rng, rows, rng.next() < 0.5);
    return { given: [numbers(rng, rows, dim)], compute: stepped(1, ([table]) => bagOfRows(table!, bags)), tolerance: 1e-4 };
  },
  lookup: (rng) => {
    const [rows, dim] = [size(rng), size(rng, 150)];
    return {
      given: [numbers(rng, rows, dim), ints(rng, [size(rng), size(rng)], rows)],
      compute: stepped(1, ([table], [ids]) => lookup(table!, ids!)),
      tolerance: 1e-4,
    };
  },
  scoreCandidates: (rng) => {
    const [query, candidate, item, dim] = [size(rng), size(rng), size(rng), size(rng, 150)];
    const given = [numbers(rng, item, dim), numbers(rng, item, 1), numbers(rng, query, dim), ints(rng, [query, candidate], item)];
    const compute = stepped(2, ([table, bias], [vectors, ids]) =>
      scoreCandidates(vectors as tf.Tensor2D, table!, ids as tf.Tensor2D, bias),
    );
    return { given, compute, tolerance: 2e-3 };
  },
  sparseSoftmaxLoss: (rng) => {
    const [query, item] = [size(rng), size(rng, 300)];
    const entries = size(rng);
    const targets = {
      query: Int32Array.from({ length: entries }, () => rng.integer(query)).sort(),
      item: Int32Array.from({ length: entries }, () => rng.integer(item)),
    };
    const compute = walked(1, ([logits]) =>
      sparseSoftmaxLoss(logits as tf.Tensor2D, { query: tf.tensor1d(targets.query, 'int32'), item: tf.tensor1d(targets.item, 'int32') }),
    );
    return { given: [numbers(rng, query, item)], compute, tolerance: 1e-4 };
  },
  lstmSequence: (rng) => ({
    given: sequence(rng, 4, (batch, _, dim) => [shaped(batch, dim)]),
    compute: walked(4, (t) =>
      states(
        lstmSequence({
          gates: t[0] as tf.Tensor3D,
          recurrent: t[1] as tf.Tensor2D,
          hidden: t[2] as tf.Tensor2D,
          cell: t[3] as tf.Tensor2D,
          mask: t[4] as tf.Tensor2D,
        }),
      ),
    ),
    tolerance: 1e-4,
  }),
  mLstmSequence: (rng) => ({
    given: sequence(rng, 4, (batch, time, dim) => [shaped(batch, dim), shaped(batch, time, dim), shaped(dim, dim), shaped(dim)]),
    compute: walked(7, (t) =>
      states(
        mLstmSequence({
          gates: t[0] as tf.Tensor3D,
          recurrent: t[1] as tf.Tensor2D,
          hidden: t[2] as tf.Tensor2D,
          cell: t[3] as tf.Tensor2D,
          multiplier: t[4] as tf.Tensor3D,
          recurrentMultiplier: t[5] as tf.Tensor2D,
          recurrentMultiplierBias: t[6] as tf.Tensor1D,
          mask: t[7] as tf.Tensor2D,
        }),
      ),
    ),
    tolerance: 5e-4,
  }),
  gruSequence: (rng) => ({
    given: sequence(rng, 3, (_, __, dim) => [shaped(3 * dim)]),
    compute: walked(4, (t) =>
      gruSequence({
        gates: t[0] as tf.Tensor3D,
        recurrent: t[1] as tf.Tensor2D,
        hidden: t[2] as tf.Tensor2D,
        recurrentBias: t[3] as tf.Tensor1D,
        mask: t[4] as tf.Tensor2D,
      }),
    ),
    tolerance: 1e-4,
  }),
  rankTargets: (rng) => {
    const [query, item, dim] = [size(rng), 1 + rng.integer(60), size(rng)];
    const whole = (count: number) => Float32Array.from({ length: count }, () => rng.integer(4) - 1); // sums are exact, ties many
    const some = (most: number) =>
      Array.from({ length: query }, () => [...new Set(Array.from({ length: rng.integer(most + 1) }, () => rng.integer(item)))]);
    const rows = (lists: number[][]) => ({
      offsets: Int32Array.from([0, ...lists.map((_, at) => lists.slice(0, at + 1).flat().length)]),
      ids: Int32Array.from(lists.flat()),
    });
    const product = { vectors: whole(query * dim), table: whole(item * dim), ...(rng.next() < 0.5 ? { bias: whole(item) } : {}) };
    const options = {
      itemCount: item,
      seen: rows(some(9)),
      relevant: rows(some(6)),
      seenRank: rng.next() < 0.5 ? ('none' as const) : ('last' as const),
      top: rng.integer(12),
      scores: rng.next() < 0.5 ? product : { rows: whole(query * item) },
    };
    const tensors = ({ ranks, averageRanks, found, candidateCounts, top }: TargetRanks) =>
      [ranks, averageRanks, found, candidateCounts, top].map((values) => tf.tensor1d(Float32Array.from(values)));
    return { given: [], compute: () => tensors((tf.getBackend() === 'cpu' ? rankTargetsDefinition : rankTargets)(options)), tolerance: 0 };
  },
};

describe.skipIf(!nativeKernels())('what is fused on the native backend', () => {
  beforeAll(async () => {
    await useBackend('cpu');
    await useBackend('native');
  });

  it.each(Object.keys(operations))('%s is its definition, whatever the shapes', async (name) => {
    for (let seed = 0; seed < 40; seed++) await hold(operations, name, seed);
  });

  it('is its definition for as long as FOOTLIGHT_FUZZ_SECONDS says', async () => {
    const until = Date.now() + 1000 * Number(process.env.FOOTLIGHT_FUZZ_SECONDS ?? 1);
    const names = Object.keys(operations);
    for (let seed = 1000; Date.now() < until; seed++) await hold(operations, names[seed % names.length]!, seed);
    expect(names.length).toBeGreaterThan(0);
  }, 600_000);
});
