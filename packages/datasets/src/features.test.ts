import { describe, expect, it } from 'vitest';
import { buildFeatures, readFeatureNames, selectFeatures } from './features.js';

// Three movies: two genres and no year; no features; one genre (twice) and a year.
const features = buildFeatures([
  { name: 'year', values: [[], [], ['1995']] },
  { name: 'genre', values: [['War', 'Drama'], [], ['Drama', 'Drama']] },
]);

describe('buildFeatures', () => {
  it('numbers by field in the given order, then by value', () => {
    expect(features).toEqual({
      names: ['year=1995', 'genre=Drama', 'genre=War'],
      offsets: Int32Array.of(0, 2, 2, 4),
      ids: Int32Array.of(1, 2, 0, 1),
    });
  });

  it('distinguishes fields that share a value', () => {
    const { names, ids } = buildFeatures([
      { name: 'b', values: [['x']] },
      { name: 'a', values: [['x']] },
    ]);
    expect([names, [...ids]]).toEqual([
      ['b=x', 'a=x'],
      [0, 1],
    ]);
  });
});

describe('buildFeatures, names', () => {
  it('takes any number of values of one entity', { timeout: 30_000 }, () => {
    const values = Array.from({ length: 150_000 }, (_, at) => String(1_000_000 + at));
    const { offsets, ids } = buildFeatures([{ name: 'tag', values: [values.toReversed(), []] }]);
    expect([...offsets]).toEqual([0, 150_000, 150_000]);
    expect(ids.every((id, at) => id === at)).toBe(true);
  });

  it('refuses two features of one name', () => {
    const fields = [
      { name: 'a', values: [['b=c']] },
      { name: 'a=b', values: [['c']] },
    ];
    expect(() => buildFeatures(fields)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: features: expected different names, received a=b=c of two fields. Rename a field, or remove = from its values.]`,
    );
  });
});

describe('selectFeatures', () => {
  it('reorders features with their entities', () => {
    expect(
      [0, 1, 2].map((entity) => readFeatureNames(selectFeatures(features, Int32Array.of(2, 0, 1)), entity)),
    ).toEqual([['year=1995', 'genre=Drama'], ['genre=Drama', 'genre=War'], []]);
  });

  it('keeps the name of a feature that no entity has', () => {
    expect(selectFeatures(features, Int32Array.of(1))).toEqual({
      names: features.names,
      offsets: Int32Array.of(0, 0),
      ids: new Int32Array(0),
    });
  });
});
