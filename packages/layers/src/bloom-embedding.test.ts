import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
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

/** What scikit-learn's murmurhash3_32 gives for Spotlight's seeds: the rows of some ids. */
const reference = JSON.parse(readFileSync(new URL('../fixtures/bloom.json', import.meta.url), 'utf8')) as {
  count: number;
  ratio: number;
  rows: number;
  ids: number[];
  chosen: number[][];
};

/** How often each row is added for each id: the embedding over a table that is the identity. */
function timesChosen(options: BloomEmbeddingsOptions): number[][] {
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
  it('adds up the rows that Spotlight chooses, for each number of hashes', () => {
    expect(timesChosen({})).toEqual(reference.chosen.map((rows) => histogram(rows.slice(0, 4))));
    expect(timesChosen({ hashes: 24 })).toEqual(reference.chosen.map(histogram));
  });

  it("gives id 0, and whatever hashes to row 0, nothing from Spotlight's dead row", () => {
    const dead = timesChosen({ faithful: 'dead-row' });
    expect(dead[0]).toEqual(histogram([]));
    expect(reference.chosen[3]!.slice(0, 4)).toEqual([139, 298, 208, 0]); // id 68
    expect(dead[3]).toEqual(histogram([139, 298, 208]));
    expect(dead[1]).toEqual(histogram(reference.chosen[1]!.slice(0, 4)));
  });

  it('has a table as large as it says, of deviation 1 / dim', () => {
    const { weight } = bloomEmbedding({ count: 1682, dim: 53, rng: createRng(1) }).parameters;
    expect(weight.shape).toEqual([336, 53]); // ⌊0.2 · 1682⌋ = ⌊336.4⌋
    const values = [...weight.dataSync()];
    expect(Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length) * 53).toBeCloseTo(1, 1);
  });

  it('gives all ids at once as it gives them one by one', () => {
    const embedding = bloomEmbedding({ count: 13, dim: 5, ratio: 0.6, rng: createRng(1) });
    expect(embedding.all().arraySync()).toEqual(embedding.apply(tf.range(0, 13, 1, 'int32')).arraySync());
  });

  it('says as an option what it will be', () => {
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

  it('refuses tables and hashes that there cannot be', () => {
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
