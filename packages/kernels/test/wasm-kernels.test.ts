import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Bilinear, BilinearTables, Kernels } from '@footlight/kernels';
import { type KernelMemory, loadWasm, type WasmOptions } from '@footlight/kernels/wasm';
import { describe, expect, it } from 'vitest';
import { createGenerator } from './generator.js';

async function loadWith(options: WasmOptions): Promise<{ kernels: Kernels; memory: KernelMemory }> {
  const loaded = await loadWasm(options);
  if (loaded.reason) throw new Error(loaded.reason);
  return loaded as { kernels: Kernels; memory: KernelMemory };
}

const sizes = { users: 40, items: 60, dim: 9 };
const createFactorization = (kernels: Kernels): Bilinear =>
  kernels.createBilinear({ ...sizes, loss: { name: 'bpr' }, optimizer: { name: 'adam', learningRate: 0.1 } });

describe('kernels as WebAssembly', () => {
  it('compute the same in arrays of their memory, in others and in both', async () => {
    const { kernels, memory } = await loadWith({ threads: 1 });
    const [a, b] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8)];
    const place = (values: Float32Array) => {
      const placed = memory.allocateFloats(values.length);
      placed.set(values);
      return placed;
    };
    for (const [left, right, out] of [
      [a, b, new Float32Array(4)],
      [place(a), place(b), place(new Float32Array(4))],
      [place(a), b, new Float32Array(4)],
      [a, place(b), place(new Float32Array(4))],
    ] as const) {
      kernels.sgemm({ rows: 2, columns: 2, inner: 2, a: left, b: right, out });
      expect([...out]).toEqual([19, 22, 43, 50]);
      kernels.binary({ code: kernels.elementwiseNames().binary.indexOf('add'), a: left, b: out, out }); // in place
      expect([...out]).toEqual([20, 24, 46, 54]);
    }
  });

  it('see parts of one buffer as what they are', async () => {
    const { kernels, memory } = await loadWith({ threads: 1 });
    for (const all of [memory.allocateFloats(8).fill(2), new Float32Array(8).fill(2)]) {
      kernels.unary({
        code: kernels.elementwiseNames().unary.indexOf('square'),
        x: all.subarray(0, 4),
        out: all.subarray(4),
        alpha: 0,
        beta: 0,
      });
      expect([...all]).toEqual([2, 2, 2, 2, 4, 4, 4, 4]);
      expect(() =>
        kernels.unary({ code: 0, x: all.subarray(0, 4), out: all.subarray(2, 6), alpha: 0, beta: 0 }),
      ).toThrow('unary(out): expected memory that no other argument reads or writes, received memory that x has, too.');
    }
  });

  it('refuse what does not fit in words, and work afterwards', async () => {
    const { kernels, memory } = await loadWith({ threads: 1, limitBytes: 2 ** 24 });
    const message = 'expected enough memory for its result, received less. Use smaller sizes or smaller batches.';
    const large = new Float32Array(2 ** 22);
    const used = memory.usedBytes;
    for (let round = 0; round < 3; round++) {
      expect(() => kernels.unary({ code: 0, x: large, out: new Float32Array(2 ** 22), alpha: 0, beta: 0 })).toThrow(
        `unary: ${message}`,
      );
      const f = new Float32Array(4096);
      expect(() =>
        kernels.solveLeastSquares({
          outRows: f,
          fixed: f.slice(),
          dim: 4096,
          offsets: Int32Array.of(0, 0),
          ids: new Int32Array(0),
          confidences: 1,
          regularization: 1,
          steps: 1,
        }),
      ).toThrow(`solveLeastSquares: ${message}`);
      expect(() =>
        kernels.createBilinear({
          ...{ users: 2 ** 23, items: 1, dim: 1, loss: { name: 'bpr' }, optimizer: { name: 'sgd', learningRate: 1 } },
        }),
      ).toThrow(`createBilinear: ${message}`);
    }
    const out = new Float32Array(1);
    kernels.sgemm({ rows: 1, columns: 1, inner: 1, a: Float32Array.of(2), b: Float32Array.of(3), out });
    expect(out[0]).toBe(6);
    expect(memory.usedBytes - used).toBeLessThan(2 ** 22); // for copies and workspaces of later calls
  });

  it('free a factorization that is not used any more', async () => {
    const { kernels, memory } = await loadWith({ threads: 1 });
    createFactorization(kernels);
    const used = memory.usedBytes;
    for (let round = 0; round < 100; round++) createFactorization(kernels);
    expect(memory.usedBytes).toBeGreaterThan(used);
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    await expect
      .poll(() => {
        collectGarbage();
        return memory.usedBytes;
      })
      .toBeLessThanOrEqual(used);
  });

  it('train to the same bytes with any number of threads', async () => {
    const hashes = [];
    for (const threads of [1, 2, 3]) {
      const { kernels, memory } = await loadWith({ threads });
      const random = createGenerator(3);
      const [users, items, dim, queries, negatives] = [300, 400, 64, 900, 5];
      const createTable = (length: number) => ({
        weights: memory.allocateFloats(length).map(() => random() - 0.5),
        slots: [memory.allocateFloats(length).fill(0), memory.allocateFloats(length).fill(0)],
      });
      const tables: BilinearTables = { user: createTable(users * dim), item: createTable(items * dim) };
      const draw = (length: number, limit: number) => Int32Array.from({ length }, () => Math.floor(random() * limit));
      const bilinear = kernels.createBilinear({
        ...{ users, items, dim, loss: { name: 'warp' } },
        optimizer: { name: 'adam', learningRate: 0.01, rows: 'dense' },
      });
      const outLosses = new Float32Array(3);
      const batch = { batch: 300, outLosses, positives: draw(queries, items) };
      kernels.bilinearSteps(bilinear, tables, {
        ...batch,
        users: draw(queries, users),
        negatives: draw(queries * negatives, items),
      });
      kernels.bilinearFlush(bilinear, tables);
      const hash = createHash('sha256').update(outLosses);
      for (const { weights, slots = [] } of Object.values(tables))
        for (const each of [weights, ...slots]) hash.update(each);
      hashes.push(hash.digest('hex'));
    }
    expect(new Set(hashes).size).toBe(1);
  });
});
