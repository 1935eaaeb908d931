import { createHash } from 'node:crypto';
import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { buildFeatures } from '../features.js';
import { createFormulaInteractions, createInteractions, listPairs } from '../fixtures.js';
import { renumber } from '../reindex.js';
import { selectRows } from '../select-rows.js';
import type { Interactions } from '../types.js';
import { fingerprintInPieces, fingerprintInteractions } from './fingerprint-interactions.js';
import { toCanonicalOrder } from './to-canonical-order.js';

const shuffle = (count: number, seed: number): Int32Array =>
  createRng(seed).shuffle(Int32Array.from({ length: count }, (_, at) => at));

/** The same data with other dense ids and rows in another order. */
function disturb(interactions: Interactions, seed = 5): Interactions {
  const { userCount, itemCount } = interactions.catalogue;
  const numbered = renumber(interactions, shuffle(userCount, seed), shuffle(itemCount, seed + 1));
  return selectRows(numbered, shuffle(interactions.users.length, seed + 2));
}

const small = createInteractions([
  [0, 1, 7, 4],
  [0, 0, 7, 3],
  [1, 1, 5, 2],
  [1, 1, 5, 1],
]);

describe('fingerprintInteractions', () => {
  it('is the SHA-256 hash of counts, ids and columns in canonical order', () => {
    const json = (value: unknown) => `${JSON.stringify(value).length}:${JSON.stringify(value)}`;
    const bytes = (column: ArrayBufferView & { length: number }) =>
      Buffer.concat([Buffer.from(json(column.length)), Buffer.from(column.buffer)]);
    const hash = createHash('sha256')
      .update(json({ rows: 4, ratings: true, timestamps: true, parts: false }))
      .update(json(2) + json(['100', '101']))
      .update(json(2) + json(['0', '10']))
      .update(bytes(Int32Array.of(0, 0, 1, 1)))
      .update(bytes(Int32Array.of(0, 1, 1, 1)))
      .update(bytes(Float32Array.of(3, 4, 1, 2)))
      .update(bytes(Float64Array.of(7, 7, 5, 5)));
    expect(fingerprintInteractions(small).fingerprint).toBe(hash.digest('hex').slice(0, 32));
  });

  it('is the same in pieces', async () => {
    for (const interactions of [small, createFormulaInteractions(true)])
      expect(await fingerprintInPieces(interactions)).toEqual(fingerprintInteractions(interactions));
  });

  it('depends neither on the order of rows, nor on the numbering, nor on whether ids are numbers or texts', () => {
    for (const interactions of [createFormulaInteractions(), createFormulaInteractions(true)]) {
      const { fingerprint } = fingerprintInteractions(interactions);
      const other = disturb(interactions);
      expect(fingerprintInteractions(other).fingerprint).toBe(fingerprint);
      const { userIds, itemIds } = other.catalogue;
      const catalogue = {
        ...other.catalogue,
        userIds: Array.from(userIds, String),
        itemIds: Array.from(itemIds, String),
      };
      expect(fingerprintInteractions({ ...other, catalogue }).fingerprint).toBe(fingerprint);
    }
  });

  it('changes with every value of every column, and with a row more or less', () => {
    const { catalogue, users, items, ratings, timestamps } = small;
    const parts = Uint8Array.of(0, 0, 1, 0);
    const variants: Interactions[] = [
      small,
      { ...small, users: Int32Array.of(1, 0, 1, 1) },
      { ...small, items: Int32Array.of(1, 1, 1, 1) },
      { ...small, ratings: Float32Array.of(4, 3, 2, 1.5) },
      { ...small, timestamps: Float64Array.of(7, 7, 5, 5.001) },
      { catalogue, users, items, timestamps: timestamps! },
      { catalogue, users, items, ratings: ratings! },
      { ...small, parts },
      { ...small, parts: Uint8Array.of(0, 1, 0, 0) },
      { ...small, weights: Float32Array.of(1, 1, 1, 1) },
      { ...small, weights: Float32Array.of(1, 2, 1, 1) },
      { ...small, catalogue: { ...catalogue, userIds: Int32Array.of(100, 102) } },
      { ...small, catalogue: { ...catalogue, itemIds: ['0', '010'] } },
      selectRows(small, Int32Array.of(0, 1, 2)),
      selectRows(small, Int32Array.of(0, 1, 2, 3, 3)),
    ];
    const fingerprints = variants.map((variant) => fingerprintInteractions(variant).fingerprint);
    expect(new Set(fingerprints).size).toBe(variants.length);
  });

  it('does not change with titles, features, and users and items without interactions', () => {
    const { itemTitles, ...catalogue } = small.catalogue;
    const features = buildFeatures([{ name: 'genre', values: [['a'], []] }]);
    const more = createInteractions(
      [
        [0, 1, 7, 4],
        [0, 0, 7, 3],
        [1, 1, 5, 2],
        [1, 1, 5, 1],
      ],
      { userCount: 7, itemCount: 3 },
    );
    const { fingerprint } = fingerprintInteractions(small);
    expect(itemTitles).toBeDefined();
    expect(fingerprintInteractions({ ...small, catalogue })).toEqual(fingerprintInteractions(small));
    const results = [
      fingerprintInteractions(more),
      fingerprintInteractions({ ...small, catalogue: { ...catalogue, itemFeatures: features } }),
      fingerprintInteractions({ ...small, catalogue: { ...catalogue, userFeatures: features } }),
      ...[1, 2].map((last) => {
        const itemVectors = { dim: 2, values: Float32Array.of(0, 1, 2, last) };
        return fingerprintInteractions({ ...small, catalogue: { ...catalogue, itemVectors } });
      }),
    ];
    expect(results.map((result) => result.fingerprint)).toEqual(Array(5).fill(fingerprint));
    expect(new Set(results.map((result) => result.catalogueFingerprint)).size).toBe(5);
    expect(results.map((result) => result.catalogueFingerprint)).not.toContain(undefined);
  });

  it('tells orders apart, and names none for the canonical one', () => {
    const canonical = toCanonicalOrder(small);
    expect(fingerprintInteractions(canonical)).toEqual({ fingerprint: fingerprintInteractions(small).fingerprint });
    const orders = [small, disturb(small, 1), disturb(small, 2)].map(
      (each) => fingerprintInteractions(each).orderFingerprint,
    );
    expect(new Set(orders).size).toBe(3);
    expect(orders).not.toContain(undefined);
  });

  it('reports progress for many rows', () => {
    const count = 1_000_003;
    const rows = Array.from({ length: 3 }, (_, at): [number, number] => [at, at]);
    const many = selectRows(createInteractions(rows), new Int32Array(count));
    const seen: unknown[] = [];
    fingerprintInteractions(many, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ label: 'fingerprint', unit: 'rows', done: count, total: count });
  });
});

describe('toCanonicalOrder', () => {
  it('sorts rows by user, time, item, rating and part', () => {
    const unsorted = createInteractions([
      [1, 0, 3, 1],
      [0, 2, 9, 1],
      [0, 1, 4, 5],
      [0, 0, 4, 2],
      [0, 1, 4, 3],
    ]);
    const sorted = toCanonicalOrder(unsorted);
    expect(listPairs(sorted)).toEqual([
      [100, 0],
      [100, 10],
      [100, 10],
      [100, 20],
      [101, 0],
    ]);
    expect(sorted.ratings).toEqual(Float32Array.of(2, 3, 5, 1, 1));
  });

  it('numbers ids by value if all are whole numbers, also as texts of any length, else by code units', () => {
    const order = (userIds: readonly string[]) => {
      const rows = userIds.map((_, at): [number, number] => [at, 0]);
      const { catalogue, ...columns } = createInteractions(rows);
      return toCanonicalOrder({ ...columns, catalogue: { ...catalogue, userIds } }).catalogue.userIds;
    };
    expect(order(['10', '9', '791557233689870341', '791557233689870338'])).toEqual([
      '9',
      '10',
      '791557233689870338',
      '791557233689870341',
    ]);
    expect(order(['10', '9', 'a'])).toEqual(['10', '9', 'a']);
    expect(order(['10', '9', '09'])).toEqual(['09', '10', '9']);
  });

  it('gives the same columns for every order of rows and every numbering', () => {
    const interactions = createFormulaInteractions(true);
    const canonical = toCanonicalOrder(interactions);
    for (const seed of [1, 2, 3]) expect(toCanonicalOrder(disturb(interactions, seed))).toEqual(canonical);
    expect(toCanonicalOrder(canonical)).toBe(canonical);
  });
});
