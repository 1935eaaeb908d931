import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { type BloomEmbeddingsOptions, bloomEmbedding, bloomEmbeddings } from './bloom-embedding.js';
import { describeLayer } from './testing/describe-layer.js';

const ids = () =>
  tf.tensor2d(
    [
      [6, 0, 3],
      [3, 11, 1],
    ],
    [2, 3],
    'int32',
  );

describeLayer('bloomEmbedding', {
  create: (rng) => bloomEmbedding({ count: 13, dim: 5, ratio: 0.6, hashes: 3, rng }),
  input: ids,
});
describeLayer("bloomEmbedding with Spotlight's dead row", {
  create: (rng) => bloomEmbedding({ count: 13, dim: 5, ratio: 0.6, hashes: 3, rng, faithful: 'dead-row' }),
  input: ids,
});

/** Rows of some ids, computed by scikit-learn's murmurhash3_32 with Spotlight's seeds. */
const reference = JSON.parse(readFileSync(new URL('../fixtures/bloom.json', import.meta.url), 'utf8')) as {
  count: number;
  ratio: number;
  rows: number;
  ids: number[];
  chosen: number[][];
};

/** Counts how often each row is added for each id, with the identity matrix as table. */
function countRows(options: BloomEmbeddingsOptions): number[][] {
  const { count, ratio, rows } = reference;
  const embedding = bloomEmbedding({ count, dim: rows, ratio, rng: createRng(1), ...options });
  embedding.parameters.weight.assign(tf.eye(rows));
  return embedding.apply(tf.tensor1d(reference.ids, 'int32')).arraySync() as number[][];
}

function histogram(chosen: readonly number[]): number[] {
  const times = new Array<number>(reference.rows).fill(0);
  for (const row of chosen) times[row]!++;
  return times;
}

describe('bloomEmbedding', () => {
  it('sums the same rows as Spotlight, for 4 and 24 hashes', () => {
    expect(countRows({})).toEqual(reference.chosen.map((rows) => histogram(rows.slice(0, 4))));
    expect(countRows({ hashes: 24 })).toEqual(reference.chosen.map(histogram));
  });

  it("adds nothing from row 0 with faithful: 'dead-row'", () => {
    const dead = countRows({ faithful: 'dead-row' });
    expect(dead[0]).toEqual(histogram([]));
    expect(reference.chosen[3]!.slice(0, 4)).toEqual([139, 298, 208, 0]); // id 68
    expect(dead[3]).toEqual(histogram([139, 298, 208]));
    expect(dead[1]).toEqual(histogram(reference.chosen[1]!.slice(0, 4)));
  });

  it('has a table of ⌊ratio · count⌋ rows with standard deviation 1 / dim', () => {
    const { weight } = bloomEmbedding({ count: 1682, dim: 53, rng: createRng(1) }).parameters;
    expect(weight.shape).toEqual([336, 53]); // ⌊0.2 · 1682⌋ = ⌊336.4⌋
    const values = [...weight.dataSync()];
    expect(Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length) * 53).toBeCloseTo(1, 1);
  });

  it('returns the same vectors from all() as from apply()', () => {
    const embedding = bloomEmbedding({ count: 13, dim: 5, ratio: 0.6, rng: createRng(1) });
    expect(embedding.all().arraySync()).toEqual(embedding.apply(tf.range(0, 13, 1, 'int32')).arraySync());
  });

  it('is created by bloomEmbeddings, which describes its options', () => {
    expect([bloomEmbeddings().name, bloomEmbeddings().protocol]).toEqual([
      'bloom(0.2,4)',
      { name: 'bloom', ratio: 0.2, hashes: 4 },
    ]);
    const faithful = bloomEmbeddings({ ratio: 0.5, hashes: 2, faithful: 'dead-row' });
    expect([faithful.name, faithful.protocol]).toEqual([
      'bloom(0.5,2,dead-row)',
      { name: 'bloom', ratio: 0.5, hashes: 2, faithful: 'dead-row' },
    ]);
    expect(
      faithful
        .create({ count: 13, dim: 5, rng: createRng(1) })
        .apply(tf.tensor1d([0], 'int32'))
        .arraySync(),
    ).toEqual([[0, 0, 0, 0, 0]]);
  });

  it('rejects a table without rows and a number of hashes out of range', () => {
    expect(() => bloomEmbedding({ count: 3, dim: 5, rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bloomEmbedding(ratio): expected at least 1/3, for a table of at least one row, received 0.2.]`,
    );
    expect(() => bloomEmbeddings({ ratio: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bloomEmbedding(ratio): expected a positive number, received 0.]`,
    );
    expect(() => bloomEmbeddings({ hashes: 25 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bloomEmbedding(hashes): expected an integer from 1 to 24, received 25.]`,
    );
  });
});
