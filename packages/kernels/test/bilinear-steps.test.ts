import { describe, expect, it } from 'vitest';
import { BATCH, ITEMS, LOSSES, USERS } from './bilinear-training.js';
import { isCompiled, kernels } from './compiled.js';
import { createGenerator } from './generator.js';

describe.skipIf(!isCompiled)('bilinearSteps', () => {
  it('does not depend on the number of batches per call', () => {
    const optimizer = { name: 'adam', learningRate: 0.01, rows: 'dense' } as const;
    const trainInChunks = (chunk: number) => {
      const random = createGenerator(3);
      const createTable = (length: number) => ({
        weights: Float32Array.from({ length }, () => random() - 0.5),
        slots: [new Float32Array(length), new Float32Array(length)],
      });
      const tables = { user: createTable(USERS * 13), item: createTable(ITEMS * 13) };
      const bilinear = kernels.createBilinear({
        users: USERS,
        items: ITEMS,
        dim: 13,
        loss: { name: 'bpr' },
        optimizer,
      });
      const [users, positives, negatives] = [USERS, ITEMS, ITEMS].map((limit) =>
        Int32Array.from({ length: 20 * BATCH }, () => Math.floor(random() * limit)),
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
    const [whole, single] = [trainInChunks(20), trainInChunks(1)];
    for (const [at, w] of whole.entries()) expect(w).toBeCloseTo(single[at]!, 5);
  });

  it('has the same result on a table larger than the cache, where steps use all threads', () => {
    const [users, items, dim, count] = [40, 300, 64, 900];
    const createNumbers = (length: number, seed: number) =>
      Float32Array.from({ length }, (_, at) => Math.sin(at * seed) / 8);
    const ids = (bound: number, step: number) => Int32Array.from({ length: count }, (_, at) => (at * step) % bound);
    const train = (rows: number) => {
      const item = { weights: new Float32Array(rows * dim) };
      item.weights.set(createNumbers(items * dim, 1.3));
      const user = { weights: createNumbers(users * dim, 0.7) };
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
    const small = train(items);
    expect(train(2 ** 18 + 1)).toEqual(small); // more than 2²⁴ numbers
    expect(small.item).not.toEqual(createNumbers(items * dim, 1.3));
  });

  it('continues from a number of steps', () => {
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
    // g = 1 for item 1: m = 0.1, v = 0.001; m / (1 − 0.9¹⁰) = 0.15354, v / (1 − 0.999¹⁰) = 0.10045, square root 0.31694
    expect(item.weights[1]).toBeCloseTo((-0.1 * (0.1 / (1 - 0.9 ** 10))) / Math.sqrt(0.001 / (1 - 0.999 ** 10)), 6);
    expect([...outLosses]).toEqual([1]); // 0 − 1 + 2
  });

  it('returns a loss that is NaN', () => {
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

  it('is finite for distant scores', () => {
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
