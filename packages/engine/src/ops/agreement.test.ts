import type { Rng } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { floats, type Given, hold, ints, type Make } from '../backends/native/agreement.fixture.js';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import type { FusedLoss } from '../fused-loss.js';
import { addRows } from '../gradient.js';
import { adagrad } from '../optimizers/adagrad.js';
import { adam } from '../optimizers/adam.js';
import { adamW } from '../optimizers/adamw.js';
import { sgd } from '../optimizers/sgd.js';
import type { Optimizer } from '../optimizers/types.js';
import { useBackend } from '../use-backend.js';
import { valueAndGradients } from '../value-and-gradients.js';
import { composedSteps } from './bilinear-steps.fixture.js';
import { bilinearSteps } from './bilinear-steps.js';
import { embeddingBag } from './embedding-bag.js';
import { gruSequence } from './gru-sequence.js';
import { lookup } from './lookup.js';
import type { LstmStates } from './lstm-cell.js';
import { type LstmSequenceInputs, lstmSequence } from './lstm-sequence.js';
import { mLstmSequence } from './m-lstm-sequence.js';
import { rankTargets, rankTargetsDefinition } from './rank-targets.js';
import { scoreCandidates } from './score-candidates.js';
import { sparseSoftmaxLoss } from './sparse-softmax-loss.js';
import type { BilinearBatch, TargetRanks } from './types.js';
import { unfoldSteps } from './unfold-steps.js';

// What is fused on the native backend against its definition on cpu, values and gradients, with shapes and ids at random.

const size = (rng: Rng, most = 40) => 1 + rng.integer(rng.next() < 0.2 ? most : 7);
const numbers = (rng: Rng, ...shape: number[]) => floats(rng, shape, 0);
const masked = (rng: Rng, ...shape: number[]): Given => {
  const share = rng.next();
  return {
    values: Float32Array.from({ length: shape[0]! * shape[1]! }, () => (rng.next() < share ? 1 : 0)),
    shape,
    dtype: 'float32',
  };
};

/** The output and the gradients by the first inputs, of which the others are fixed. */
function walked(learned: number, compute: (tensors: tf.Tensor[]) => tf.Tensor): (tensors: tf.Tensor[]) => tf.Tensor[] {
  return (tensors) => {
    const fixed = tensors.slice(learned);
    const { value, grads } = tf.valueAndGrads((...own: tf.Tensor[]) => uneven(compute([...own, ...fixed])))(
      tensors.slice(0, learned),
    );
    return [compute(tensors), value, ...grads];
  };
}

/** The same of operations on tables: gradients as whole tables, however they are handed over. */
function stepped(
  tables: number,
  compute: (tables: tf.Variable[], rest: tf.Tensor[]) => tf.Tensor,
): (tensors: tf.Tensor[]) => tf.Tensor[] {
  return (tensors) => {
    const variables = tensors.slice(0, tables).map((tensor) => tf.variable(tensor));
    const rest = tensors.slice(tables).map((tensor) => (tensor.dtype === 'float32' ? tf.variable(tensor) : tensor));
    const named = new Map(
      [...variables, ...rest].flatMap((one, at) => (one instanceof tf.Variable ? [[`${at}`, one] as const] : [])),
    );
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
  const offsets = Int32Array.from([0, ...counts]).map((_, at) =>
    counts.slice(0, at).reduce((sum, count) => sum + count, 0),
  );
  const ids = Int32Array.from({ length: offsets.at(-1)! }, () => rng.integer(rows));
  return { offsets, ids, ...(withWeights ? { weights: Float32Array.from(ids, () => rng.normal(0, 1)) } : {}) };
}

/** Weights about as large as those that layers begin with: larger ones make a chaos of rounding. */
const sequence = (rng: Rng, gates: number, more: (batch: number, time: number, dim: number) => Given[]): Given[] => {
  const [batch, time, inputDim, dim] = [size(rng), size(rng, 20), size(rng, 30), size(rng, 30)];
  const small = (...shape: number[]): Given => ({
    values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal(0, 0.7 / Math.sqrt(dim))),
    shape,
    dtype: 'float32',
  });
  return [
    small(batch, time, inputDim),
    small(inputDim, gates * dim),
    small(gates * dim),
    small(dim, gates * dim),
    small(batch, dim),
    ...more(batch, time, dim).map(({ shape }) => small(...shape)),
    masked(rng, batch, time),
  ];
};
const shaped = (...shape: number[]): Given => ({ values: new Float32Array(0), shape, dtype: 'float32' });
const ofLstm = (t: readonly tf.Tensor[], mask: tf.Tensor | undefined): LstmSequenceInputs => ({
  input: t[0] as tf.Tensor3D,
  weight: t[1] as tf.Tensor2D,
  bias: t[2] as tf.Tensor1D,
  recurrent: t[3] as tf.Tensor2D,
  hidden: t[4] as tf.Tensor2D,
  cell: t[5] as tf.Tensor2D,
  mask: mask as tf.Tensor2D,
});
/** Which states are computed alone, if not both. */
const someStates = (rng: Rng) => oneOf(rng, ['hidden', 'cell', undefined] as const);
const besides = ({ hidden, cell }: LstmStates) => tf.concat([hidden, cell], 2);

const oneOf = <T>(rng: Rng, all: readonly T[]): T => all[rng.integer(all.length)]!;

function someLoss(rng: Rng): FusedLoss {
  const margin = rng.uniform(0, 2);
  return oneOf<FusedLoss>(rng, [
    { name: 'pointwise', terms: oneOf(rng, ['sum', 'mean']) },
    { name: 'bpr' },
    { name: 'sigmoid-bpr' },
    { name: 'hinge', margin },
    { name: 'adaptive-hinge', margin },
    { name: 'warp', margin, weight: oneOf(rng, ['harmonic', 'logarithm']) },
    { name: 'logistic' },
    { name: 'sampled-softmax' },
  ]);
}

/** An epsilon far above the rounding of gradients, which Adam and Adagrad would take for a direction where a gradient is next to 0. */
function someOptimizer(rng: Rng): () => Optimizer {
  const learningRate = rng.uniform(0.001, 0.05);
  const common = { rows: oneOf(rng, ['lazy', 'dense'] as const), l2: oneOf(rng, [0, 0.1]) };
  const moments = { learningRate, beta1: oneOf(rng, [0, 0.5, 0.9]), beta2: oneOf(rng, [0.9, 0.999]), epsilon: 1e-3 };
  return oneOf<() => Optimizer>(rng, [
    () => sgd({ learningRate, ...common }),
    () => sgd({ learningRate, momentum: 0.9, ...common }),
    () => adagrad({ learningRate, epsilon: 1e-3, ...common }),
    () => adam({ ...moments, ...common }),
    () => adamW({ ...moments, rows: common.rows, decay: 0.1 }),
  ]);
}

/** Losses, tables and what the optimizer remembers, after steps of which each is a batch and a factor on the learning rate. */
function trained(
  tensors: tf.Tensor[],
  loss: FusedLoss,
  optimizer: Optimizer,
  steps: readonly (readonly [BilinearBatch, number])[],
) {
  const [user, item, userBias, itemBias] = tensors.map((tensor) => tf.variable(tensor)) as [
    tf.Variable,
    tf.Variable,
    ...tf.Variable[],
  ];
  const tables = { user, item, ...(userBias && itemBias ? { userBias, itemBias } : {}) };
  const options = { tables, parameters: new Map(Object.entries(tables)), loss, optimizer };
  const training = tf.getBackend() === 'native' ? bilinearSteps(options)! : composedSteps(options);
  const losses = steps.map(([batch, factor], at) => {
    if (at === 3) training.flush(); // in between, as a checkpoint does
    return training.step(batch, factor);
  });
  training.flush();
  const remembered = [...optimizer.state()].sort(([one], [other]) => (one < other ? -1 : 1));
  const result = [
    tf.tensor1d(losses),
    ...Object.values(tables).map((table) => tf.tensor(table.dataSync().slice(), table.shape)),
  ];
  tf.dispose(Object.values(tables));
  return [...result, ...remembered.map(([, { values }]) => tf.tensor1d(Float32Array.from(values)))];
}

const operations: Record<string, Make> = {
  embeddingBag: (rng) => {
    const [rows, dim] = [rng.next() < 0.1 ? 5000 : size(rng), size(rng, 150)];
    const bags = bagsOf(rng, rows, rng.next() < 0.5);
    return {
      given: [numbers(rng, rows, dim)],
      compute: stepped(1, ([table]) => embeddingBag(table!, bags)),
      tolerance: 1e-4,
    };
  },
  // Scores are of size 1, so their rounding is about 1e-6, and a step makes of it at most rate / epsilon = 50 times as much in Adam, less in the others. Hinges
  // jump where a lead is the margin: drawn from the continuum, rounding tells the paths apart about once in a million pairs.
  bilinearSteps: (rng) => {
    const [users, items, dim, query, negative] = [size(rng), size(rng), size(rng, 150), size(rng), size(rng, 12)];
    const table = (rows: number, columns: number): Given => ({
      values: Float32Array.from({ length: rows * columns }, () => rng.normal(0, columns ** -0.25)),
      shape: [rows, columns],
      dtype: 'float32',
    });
    const given = [
      table(users, dim),
      table(items, dim),
      ...(rng.next() < 0.5 ? [table(users, 1), table(items, 1)] : []),
    ];
    const ids = (count: number, bound: number) => rng.integers(bound, new Int32Array(count));
    const steps = Array.from({ length: 1 + rng.integer(6) }, () => {
      const batch = { users: ids(query, users), positives: ids(query, items), negatives: ids(query * negative, items) };
      return [batch, rng.uniform(0.5, 1)] as const;
    });
    const [loss, optimizer] = [someLoss(rng), someOptimizer(rng)];
    return { given, compute: (tensors) => trained(tensors, loss, optimizer(), steps), tolerance: 1e-4 };
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
    const given = [
      numbers(rng, item, dim),
      numbers(rng, item, 1),
      numbers(rng, query, dim),
      ints(rng, [query, candidate], item),
    ];
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
      sparseSoftmaxLoss(logits as tf.Tensor2D, {
        query: tf.tensor1d(targets.query, 'int32'),
        item: tf.tensor1d(targets.item, 'int32'),
      }),
    );
    return { given: [numbers(rng, query, item)], compute, tolerance: 1e-4 };
  },
  unfoldSteps: (rng) => {
    const [batch, time, dim, width] = [size(rng), size(rng, 20), size(rng, 30), 1 + rng.integer(4)];
    const dilation = 1 + rng.integer(5);
    const compute = walked(1, ([x]) => unfoldSteps(x as tf.Tensor3D, width, dilation));
    return { given: [numbers(rng, batch, time, dim)], compute, tolerance: 1e-5 };
  },
  lstmSequence: (rng) => {
    const only = someStates(rng);
    return {
      given: sequence(rng, 4, (batch, _, dim) => [shaped(batch, dim)]),
      compute: walked(6, (t) => (only ? lstmSequence(ofLstm(t, t[6]), only) : besides(lstmSequence(ofLstm(t, t[6]))))),
      tolerance: 1e-4,
    };
  },
  mLstmSequence: (rng) => {
    const only = someStates(rng);
    const compute = walked(9, (t) => {
      const inputs = {
        ...ofLstm(t, t[9]),
        multiplier: t[6] as tf.Tensor3D,
        recurrentMultiplier: t[7] as tf.Tensor2D,
        recurrentMultiplierBias: t[8] as tf.Tensor1D,
      };
      return only ? mLstmSequence(inputs, only) : besides(mLstmSequence(inputs));
    });
    const given = sequence(rng, 4, (batch, time, dim) => [
      shaped(batch, dim),
      shaped(batch, time, dim),
      shaped(dim, dim),
      shaped(dim),
    ]);
    return { given, compute, tolerance: 5e-4 };
  },
  gruSequence: (rng) => ({
    given: sequence(rng, 3, (_, __, dim) => [shaped(3 * dim)]),
    compute: walked(6, (t) =>
      gruSequence({
        input: t[0] as tf.Tensor3D,
        weight: t[1] as tf.Tensor2D,
        bias: t[2] as tf.Tensor1D,
        recurrent: t[3] as tf.Tensor2D,
        hidden: t[4] as tf.Tensor2D,
        recurrentBias: t[5] as tf.Tensor1D,
        mask: t[6] as tf.Tensor2D,
      }),
    ),
    tolerance: 1e-4,
  }),
  rankTargets: (rng) => {
    const [query, item, dim] = [size(rng), 1 + rng.integer(60), size(rng)];
    const whole = (count: number) => Float32Array.from({ length: count }, () => rng.integer(4) - 1); // sums are exact, ties many
    const some = (most: number) =>
      Array.from({ length: query }, () => [
        ...new Set(Array.from({ length: rng.integer(most + 1) }, () => rng.integer(item))),
      ]);
    const rows = (lists: number[][]) => ({
      offsets: Int32Array.from([0, ...lists.map((_, at) => lists.slice(0, at + 1).flat().length)]),
      ids: Int32Array.from(lists.flat()),
    });
    const product = {
      vectors: whole(query * dim),
      table: whole(item * dim),
      ...(rng.next() < 0.5 ? { bias: whole(item) } : {}),
    };
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
    return {
      given: [],
      compute: () => tensors((tf.getBackend() === 'cpu' ? rankTargetsDefinition : rankTargets)(options)),
      tolerance: 0,
    };
  },
};

describe.skipIf(!loadNativeKernels())('what is fused on the native backend', () => {
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
