import type { BilinearTables, Kernels } from '@footlight/kernels';
import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

describe.skipIf(!isCompiled)('arguments of bilinearSteps', () => {
  const createTables = (weights: readonly number[]): BilinearTables => ({
    user: { weights: Float32Array.from(weights) },
    item: { weights: Float32Array.of(1, 2, 3, 4, 5, 6) },
  });
  const create = (more: object = {}) =>
    kernels.createBilinear({
      users: 2,
      items: 3,
      dim: 2,
      loss: { name: 'bpr' },
      optimizer: { name: 'sgd', learningRate: 1 },
      ...more,
    });
  const runSteps = (changes: object, tables: BilinearTables = createTables([1, 2, 3, 4])) =>
    kernels.bilinearSteps(create(), tables, {
      users: Int32Array.of(0, 1),
      positives: Int32Array.of(0, 1),
      negatives: Int32Array.of(1, 2),
      batch: 2,
      outLosses: new Float32Array(1),
      ...changes,
    });

  it('are refused before any change if an id is out of range', () => {
    const tables = createTables([1, 2, 3, 4]);
    expect(() => runSteps({ users: Int32Array.of(0, 2) }, tables)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(users): expected ids from 0 to 1, received 2 at position 1.]`,
    );
    expect(() => runSteps({ positives: Int32Array.of(-1, 1) }, tables)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(positives): expected ids from 0 to 2, received -1 at position 0.]`,
    );
    expect(() => runSteps({ negatives: Int32Array.of(1, 3) }, tables)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(negatives): expected ids from 0 to 2, received 3 at position 1.]`,
    );
    expect(tables).toEqual(createTables([1, 2, 3, 4]));
  });

  it('are refused if shapes or types disagree', () => {
    expect(() => runSteps({}, createTables([1, 2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(user.weights): expected 4 numbers, received 3.]`,
    );
    expect(() => runSteps({ negatives: Int32Array.of(1) })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(negatives): expected at least one per query, received 1 for 2 queries.]`,
    );
    expect(() => runSteps({ negatives: Int32Array.of(1, 2, 0) })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(negatives): expected 2 numbers, received 3.]`,
    );
    expect(() => runSteps({ users: Float32Array.of(0, 1) })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(users): expected an Int32Array, received a Float32Array of 2 numbers.]`,
    );
    expect(() => runSteps({ outLosses: new Float32Array(2) })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(outLosses): expected 1 numbers, received 2.]`,
    );
    expect(() => runSteps({ batch: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(batch): expected an integer from 1 to 2147483647, received 0.]`,
    );
  });

  it('are refused if the state is not from createBilinear', () => {
    const nothing = {} as Parameters<Kernels['bilinearFlush']>[0];
    expect(() => kernels.bilinearFlush(nothing, createTables([1, 2, 3, 4]))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearFlush(bilinear): expected what createBilinear returned, received an object.]`,
    );
  });

  it('are refused in the parts of a step, as is a step that was not prepared', () => {
    const bilinear = create();
    const tables = createTables([1, 2, 3, 4]);
    const queries = { users: Int32Array.of(0), positives: Int32Array.of(0), negatives: Int32Array.of(3) };
    expect(() => kernels.bilinearPrepare(bilinear, queries)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearPrepare(negatives): expected ids from 0 to 2, received 3 at position 0.]`,
    );
    expect(() => kernels.bilinearStart(bilinear, tables, 1)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearStart(bilinear): expected one that bilinearPrepare was called with before each start, received another.]`,
    );
    kernels.bilinearPrepare(bilinear, { ...queries, negatives: Int32Array.of(1) });
    expect(() => kernels.bilinearStart(bilinear, createTables([1]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearStart(user.weights): expected 4 numbers, received 1.]`,
    );
    expect(kernels.bilinearSettle(bilinear)).toBe(0); // no step was started
    expect(tables).toEqual(createTables([1, 2, 3, 4]));
  });

  it('are refused if slots are missing', () => {
    const bilinear = create({ optimizer: { name: 'adam', learningRate: 1 } });
    const queries = {
      users: Int32Array.of(0),
      positives: Int32Array.of(0),
      negatives: Int32Array.of(1),
      batch: 1,
      outLosses: new Float32Array(1),
    };
    expect(() =>
      kernels.bilinearSteps(bilinear, createTables([1, 2, 3, 4]), queries),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: bilinearSteps(user.slots): expected 2 of them, received undefined.]`,
    );
  });

  it('of createBilinear are refused if they are unknown', () => {
    expect(() => create({ loss: { name: 'triplet' } })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(loss.name): expected pointwise, bpr, sigmoid-bpr, hinge, adaptive-hinge, warp, logistic or sampled-softmax, received triplet.]`,
    );
    expect(() => create({ loss: { name: 'warp', weight: 'square' } })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(loss.weight): expected harmonic or logarithm, received square.]`,
    );
    expect(() => create({ optimizer: { name: 'adam' } })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(optimizer.learningRate): expected a number, received undefined.]`,
    );
    expect(() =>
      create({ optimizer: { name: 'adam', learningRate: 1, rows: 'all' } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(optimizer.rows): expected lazy or dense, received all.]`,
    );
    expect(() => create({ dim: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: createBilinear(dim): expected an integer from 1 to 1048576, received 0.]`,
    );
  });
});
