import type { BilinearLoss, BilinearOptimizer, BilinearTables, Kernels } from '@footlight/native';
import { describe, expect, it } from 'vitest';
import { createReference, lossOf, slopesOf } from './bilinear-reference.js';
import { kernels, there } from './compiled.js';

const [USERS, ITEMS, BATCH] = [11, 17, 7];

const LOSSES: readonly BilinearLoss[] = [
  { name: 'pointwise' },
  { name: 'pointwise', terms: 'mean' },
  { name: 'bpr' },
  { name: 'sigmoid-bpr' },
  { name: 'hinge', margin: 0.7 },
  { name: 'adaptive-hinge' },
  { name: 'warp' },
  { name: 'warp', margin: 0.3, weight: 'logarithm' },
  { name: 'logistic' },
  { name: 'sampled-softmax' },
];

const OPTIMIZERS: readonly BilinearOptimizer[] = [
  { name: 'sgd', learningRate: 0.5 },
  { name: 'sgd', learningRate: 0.5, l2: 0.01 },
  { name: 'sgd', learningRate: 0.2, momentum: 0.8, l2: 0.01 },
  { name: 'adagrad', learningRate: 0.1 },
  { name: 'adagrad', learningRate: 0.1, l2: 0.01 },
  { name: 'adam', learningRate: 0.02 },
  { name: 'adam', learningRate: 0.02, l2: 0.001, beta1: 0.8, beta2: 0.99, epsilon: 1e-7 },
  { name: 'adam-w', learningRate: 0.02, decay: 0.1 },
];

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

const titleOf = (options: object): string => JSON.stringify(options).replaceAll('"', '');
const slotCount = ({ name, momentum = 0 }: BilinearOptimizer): number =>
  ({ sgd: momentum > 0 ? 1 : 0, adagrad: 1, adam: 2, 'adam-w': 2 })[name];

interface Task {
  readonly dim: number;
  readonly biases: boolean;
  readonly loss: BilinearLoss;
  readonly optimizer: BilinearOptimizer;
  readonly negatives?: number;
  readonly steps?: number;
  /** Batches per call. */
  readonly chunk?: number;
  /** Users and items that are named are below these, so that some rows wait for long. */
  readonly named?: readonly [users: number, items: number];
  readonly factor?: number;
}

/** Trains both on the same queries; gives what each has at the end. */
function trained({
  dim,
  biases,
  loss,
  optimizer,
  negatives: count = 3,
  steps = 5,
  chunk = 2,
  named = [USERS, ITEMS],
  factor = 1,
}: Task) {
  const next = generator(dim + 7);
  const drawn = (length: number, spread: number) => Float32Array.from({ length }, () => (next() - 0.5) * spread);
  const spread = 2 / Math.sqrt(Math.sqrt(dim));
  const weights = {
    user: drawn(USERS * dim, spread),
    item: drawn(ITEMS * dim, spread),
    userBias: drawn(USERS, 1),
    itemBias: drawn(ITEMS, 1),
  };
  const tableOf = (values: Float32Array) => ({
    weights: values.slice(),
    slots: Array.from({ length: slotCount(optimizer) }, () => new Float32Array(values.length)),
  });
  const tables: BilinearTables = {
    user: tableOf(weights.user),
    item: tableOf(weights.item),
    ...(biases ? { userBias: tableOf(weights.userBias), itemBias: tableOf(weights.itemBias) } : {}),
  };
  const reference = createReference({ dim, biases, loss, optimizer, weights });
  const bilinear = kernels.createBilinear({ users: USERS, items: ITEMS, dim, biases, loss, optimizer });
  const losses: [number, number][] = [];
  for (let done = 0; done < steps; done += chunk) {
    const queries = Math.min(chunk, steps - done) * BATCH - 2; // the last batch of a call is smaller
    const ids = (length: number, limit: number) => Int32Array.from({ length }, () => Math.floor(next() * limit));
    const [everyUser, everyItem] = done === 0 ? [USERS, ITEMS] : named;
    const users = ids(queries, everyUser);
    const positives = ids(queries, everyItem);
    const negatives = ids(queries * count, everyItem);
    const outLosses = new Float32Array(Math.ceil(queries / BATCH));
    kernels.bilinearSteps(bilinear, tables, { users, positives, negatives, batch: BATCH, outLosses, factor });
    outLosses.forEach((value, batch) => {
      const [from, to] = [batch * BATCH, (batch + 1) * BATCH];
      const expected = reference.step({
        users: users.subarray(from, to),
        positives: positives.subarray(from, to),
        negatives: negatives.subarray(from * count, to * count),
        factor,
      });
      losses.push([value, expected]);
    });
  }
  kernels.bilinearFlush(bilinear, tables);
  return { tables, reference, losses, weights };
}

function furthest(task: Task): number {
  const { tables, reference, losses } = trained(task);
  let most = 0;
  for (const [name, table] of Object.entries(tables))
    table.weights.forEach((w: number, at: number) => {
      most = Math.max(most, Math.abs(w - reference[name as 'user'][at]!));
    });
  for (const [value, expected] of losses) most = Math.max(most, Math.abs(value - expected));
  return Number.isNaN(losses.flat().reduce((a, b) => a + b)) ? Number.NaN : most;
}

it('the reference has the slopes that differences show', () => {
  const [scores, width] = [[0.3, -0.9, 0.8, 0.1, -2.5], 1e-4];
  for (const loss of LOSSES) {
    const valueAt = (c: number, by: number) =>
      lossOf(
        loss,
        scores.map((s, at) => (at === c ? s + by : s)),
        ITEMS,
      );
    for (const [c, slope] of slopesOf(loss, scores, ITEMS).entries())
      expect(slope).toBeCloseTo((valueAt(c, width) - valueAt(c, -width)) / (2 * width), 7);
  }
});

describe.skipIf(!there)('bilinearSteps', () => {
  for (const loss of LOSSES)
    describe(`with ${titleOf(loss)}`, () => {
      for (const optimizer of OPTIMIZERS)
        for (const rows of ['lazy', 'dense'] as const)
          it(`is the equations, ${titleOf({ ...optimizer, rows })}`, () => {
            for (const biases of [true, false])
              expect(furthest({ dim: 5, biases, loss, optimizer: { ...optimizer, rows }, factor: 0.5 })).toBeLessThan(
                2e-5,
              );
          });
    });

  for (const dim of [1, 2, 15, 16, 17, 31, 64, 128, 130, 200])
    it(`takes vectors of ${dim}`, () => {
      for (const optimizer of OPTIMIZERS)
        for (const rows of ['lazy', 'dense'] as const)
          expect(
            // Among thousands of entries some gradient is next to zero: only an epsilon above its rounding keeps Adam
            // from taking that for a direction.
            furthest({
              dim,
              biases: true,
              loss: { name: 'bpr' },
              optimizer: { ...optimizer, epsilon: 1e-5, rows },
              negatives: 1,
            }),
          ).toBeLessThan(1e-4);
    });

  for (const optimizer of OPTIMIZERS)
    it(`catches up with rows that nobody named for 400 steps, ${titleOf(optimizer)}`, () => {
      const dense = { ...optimizer, rows: 'dense' } as const;
      const task = {
        dim: 19,
        biases: true,
        loss: { name: 'bpr' },
        optimizer: dense,
        steps: 400,
        chunk: 50,
        named: [5, 7],
      } as const;
      expect(furthest(task)).toBeLessThan(1e-3);
    });

  for (const l2 of [0, 1e-6])
    it(`is the dense Adam of 60 steps, l2 ${l2}`, () => {
      const optimizer = { name: 'adam', learningRate: 0.01, l2, rows: 'dense' } as const;
      expect(
        furthest({ dim: 23, biases: true, loss: { name: 'logistic' }, optimizer, steps: 60, chunk: 7, named: [7, 11] }),
      ).toBeLessThan(1e-4);
    });

  it('is the same whether batches come one by one or in chunks', () => {
    const optimizer = { name: 'adam', learningRate: 0.01, rows: 'dense' } as const;
    const tablesAfter = (chunk: number) => {
      const next = generator(3);
      const table = (length: number) => ({
        weights: Float32Array.from({ length }, () => next() - 0.5),
        slots: [new Float32Array(length), new Float32Array(length)],
      });
      const tables = { user: table(USERS * 13), item: table(ITEMS * 13) };
      const bilinear = kernels.createBilinear({
        users: USERS,
        items: ITEMS,
        dim: 13,
        loss: { name: 'bpr' },
        optimizer,
      });
      const [users, positives, negatives] = [USERS, ITEMS, ITEMS].map((limit) =>
        Int32Array.from({ length: 20 * BATCH }, () => Math.floor(next() * limit)),
      );
      for (let from = 0; from < 20; from += chunk) {
        const part = (ids: Int32Array | undefined) => ids!.subarray(from * BATCH, (from + chunk) * BATCH);
        const queries = {
          users: part(users),
          positives: part(positives),
          negatives: part(negatives),
          batch: BATCH,
          outLosses: new Float32Array(chunk),
        };
        kernels.bilinearSteps(bilinear, tables, queries);
        if (from === 10) kernels.bilinearFlush(bilinear, tables);
      }
      kernels.bilinearFlush(bilinear, tables);
      return tables.item.weights;
    };
    const [whole, single] = [tablesAfter(20), tablesAfter(1)];
    for (const [at, w] of whole.entries()) expect(w).toBeCloseTo(single[at]!, 5);
  });

  it('is the same on a table that no cache holds, whose steps have all threads', () => {
    const [users, items, dim, count] = [40, 300, 64, 900];
    const numbers = (length: number, seed: number) => Float32Array.from({ length }, (_, at) => Math.sin(at * seed) / 8);
    const ids = (bound: number, step: number) => Int32Array.from({ length: count }, (_, at) => (at * step) % bound);
    const trained = (rows: number) => {
      const item = { weights: new Float32Array(rows * dim) };
      item.weights.set(numbers(items * dim, 1.3));
      const user = { weights: numbers(users * dim, 0.7) };
      const optimizer = { name: 'sgd', learningRate: 5 } as const;
      const bilinear = kernels.createBilinear({ users, items: rows, dim, loss: { name: 'bpr' }, optimizer });
      const outLosses = new Float32Array(2);
      const queries = {
        users: ids(users, 7),
        positives: ids(items, 11),
        negatives: ids(items, 13),
        batch: 500,
        outLosses,
      };
      kernels.bilinearSteps(bilinear, { user, item }, queries);
      return { outLosses, user: user.weights, item: item.weights.slice(0, items * dim) };
    };
    const small = trained(items);
    expect(trained(2 ** 18 + 1)).toEqual(small); // more than 2²⁴ numbers
    expect(small.item).not.toEqual(numbers(items * dim, 1.3));
  });

  it('goes on from a number of steps', () => {
    const item = { weights: Float32Array.of(1, 0), slots: [Float32Array.of(0, 0), Float32Array.of(0, 0)] };
    const user = { weights: Float32Array.of(1), slots: [Float32Array.of(0), Float32Array.of(0)] };
    const optimizer = { name: 'adam', learningRate: 0.1 } as const;
    const bilinear = kernels.createBilinear({
      users: 1,
      items: 2,
      dim: 1,
      loss: { name: 'hinge', margin: 2 },
      optimizer,
      step: 9,
    });
    const outLosses = new Float32Array(1);
    const queries = {
      users: Int32Array.of(0),
      positives: Int32Array.of(0),
      negatives: Int32Array.of(1),
      batch: 1,
      outLosses,
    };
    kernels.bilinearSteps(bilinear, { user, item }, queries);
    // g = 1 for item 1: m = 0.1, v = 0.001; m / (1 − 0.9¹⁰) = 0.15354, v / (1 − 0.999¹⁰) = 0.10045, root 0.31694
    expect(item.weights[1]).toBeCloseTo((-0.1 * (0.1 / (1 - 0.9 ** 10))) / Math.sqrt(0.001 / (1 - 0.999 ** 10)), 6);
    expect([...outLosses]).toEqual([1]); // 0 − 1 + 2
  });

  it('shows a loss that is no number', () => {
    for (const loss of LOSSES) {
      const bilinear = kernels.createBilinear({
        users: 1,
        items: 2,
        dim: 1,
        loss,
        optimizer: { name: 'sgd', learningRate: 1 },
      });
      const outLosses = new Float32Array(1);
      kernels.bilinearSteps(
        bilinear,
        { user: { weights: Float32Array.of(Number.NaN) }, item: { weights: Float32Array.of(1, 2) } },
        { users: Int32Array.of(0), positives: Int32Array.of(0), negatives: Int32Array.of(1), batch: 1, outLosses },
      );
      expect(outLosses[0]).toBeNaN();
    }
  });

  it('is finite where scores are far apart', () => {
    for (const loss of LOSSES)
      for (const sign of [1, -1]) {
        const bilinear = kernels.createBilinear({
          users: 1,
          items: 2,
          dim: 1,
          loss,
          optimizer: { name: 'sgd', learningRate: 1 },
        });
        const outLosses = new Float32Array(1);
        const item = { weights: Float32Array.of(200 * sign, -200 * sign) };
        const queries = {
          users: Int32Array.of(0),
          positives: Int32Array.of(0),
          negatives: Int32Array.of(1),
          batch: 1,
          outLosses,
        };
        kernels.bilinearSteps(bilinear, { user: { weights: Float32Array.of(1) }, item }, queries);
        expect([outLosses[0], ...item.weights].every(Number.isFinite)).toBe(true);
      }
  });
});

describe.skipIf(!there)('what bilinearSteps is given', () => {
  const tablesOf = (weights: readonly number[]): BilinearTables => ({
    user: { weights: Float32Array.from(weights) },
    item: { weights: Float32Array.of(1, 2, 3, 4, 5, 6) },
  });
  const made = (more: object = {}) =>
    kernels.createBilinear({
      users: 2,
      items: 3,
      dim: 2,
      loss: { name: 'bpr' },
      optimizer: { name: 'sgd', learningRate: 1 },
      ...more,
    });
  const stepsOn = (changes: object, tables: BilinearTables = tablesOf([1, 2, 3, 4])) =>
    kernels.bilinearSteps(made(), tables, {
      users: Int32Array.of(0, 1),
      positives: Int32Array.of(0, 1),
      negatives: Int32Array.of(1, 2),
      batch: 2,
      outLosses: new Float32Array(1),
      ...changes,
    });

  it('is refused before anything is touched where an id is out of range', () => {
    const tables = tablesOf([1, 2, 3, 4]);
    expect(() => stepsOn({ users: Int32Array.of(0, 2) }, tables)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(users): expected ids from 0 to 1, received 2 at position 1.]`,
    );
    expect(() => stepsOn({ positives: Int32Array.of(-1, 1) }, tables)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(positives): expected ids from 0 to 2, received -1 at position 0.]`,
    );
    expect(() => stepsOn({ negatives: Int32Array.of(1, 3) }, tables)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(negatives): expected ids from 0 to 2, received 3 at position 1.]`,
    );
    expect(tables).toEqual(tablesOf([1, 2, 3, 4]));
  });

  it('is refused where shapes or kinds disagree', () => {
    expect(() => stepsOn({}, tablesOf([1, 2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(user.weights): expected 4 numbers, received 3.]`,
    );
    expect(() => stepsOn({ negatives: Int32Array.of(1) })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(negatives): expected at least one per query, received 1 for 2 queries.]`,
    );
    expect(() => stepsOn({ negatives: Int32Array.of(1, 2, 0) })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(negatives): expected 2 numbers, received 3.]`,
    );
    expect(() => stepsOn({ users: Float32Array.of(0, 1) })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(users): expected an Int32Array, received 0,1.]`,
    );
    expect(() => stepsOn({ outLosses: new Float32Array(2) })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(outLosses): expected 1 numbers, received 2.]`,
    );
    expect(() => stepsOn({ batch: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(batch): expected an integer from 1 to 2147483647, received 0.]`,
    );
  });

  it('is refused where it was not made by createBilinear', () => {
    const nothing = {} as Parameters<Kernels['bilinearFlush']>[0];
    expect(() => kernels.bilinearFlush(nothing, tablesOf([1, 2, 3, 4]))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearFlush(bilinear): expected what createBilinear returned, received [object Object].]`,
    );
  });

  it('is refused in parts, too, and a step that was not prepared', () => {
    const bilinear = made();
    const tables = tablesOf([1, 2, 3, 4]);
    const queries = { users: Int32Array.of(0), positives: Int32Array.of(0), negatives: Int32Array.of(3) };
    expect(() => kernels.bilinearPrepare(bilinear, queries)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearPrepare(negatives): expected ids from 0 to 2, received 3 at position 0.]`,
    );
    expect(() => kernels.bilinearStart(bilinear, tables, 1)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearStart(bilinear): expected one that bilinearPrepare was called with before each start, received another.]`,
    );
    kernels.bilinearPrepare(bilinear, { ...queries, negatives: Int32Array.of(1) });
    expect(() => kernels.bilinearStart(bilinear, tablesOf([1]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearStart(user.weights): expected 4 numbers, received 1.]`,
    );
    expect(kernels.bilinearSettle(bilinear)).toBe(0); // none was started
    expect(tables).toEqual(tablesOf([1, 2, 3, 4]));
  });

  it('is refused where slots are missing', () => {
    const bilinear = made({ optimizer: { name: 'adam', learningRate: 1 } });
    const queries = {
      users: Int32Array.of(0),
      positives: Int32Array.of(0),
      negatives: Int32Array.of(1),
      batch: 1,
      outLosses: new Float32Array(1),
    };
    expect(() => kernels.bilinearSteps(bilinear, tablesOf([1, 2, 3, 4]), queries)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(user.slots): expected 2 of them, received undefined.]`,
    );
  });

  it('is refused where createBilinear does not know a part', () => {
    expect(() => made({ loss: { name: 'triplet' } })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(loss.name): expected pointwise, bpr, sigmoid-bpr, hinge, adaptive-hinge, warp, logistic or sampled-softmax, received triplet.]`,
    );
    expect(() => made({ loss: { name: 'warp', weight: 'square' } })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(loss.weight): expected harmonic or logarithm, received square.]`,
    );
    expect(() => made({ optimizer: { name: 'adam' } })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(optimizer.learningRate): expected a number, received undefined.]`,
    );
    expect(() =>
      made({ optimizer: { name: 'adam', learningRate: 1, rows: 'all' } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(optimizer.rows): expected lazy or dense, received all.]`,
    );
    expect(() => made({ dim: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(dim): expected an integer from 1 to 1048576, received 0.]`,
    );
  });
});
