import { describe, expect, it } from 'vitest';
import { type IdOrder, mapToDenseIds, numberIds } from './number-ids.js';

const far = 2 ** 53 - 1;

describe('numberIds', () => {
  it.each<[string, IdOrder, () => Int32Array | Float64Array, number[], number[]]>([
    ['small numbers', 'ascending', () => Int32Array.of(7, 3, 7, 11, 0), [2, 1, 2, 3, 0], [0, 3, 7, 11]],
    ['small numbers', 'appearance', () => Int32Array.of(7, 3, 7, 11, 0), [0, 1, 0, 2, 3], [7, 3, 11, 0]],
    ['large numbers', 'ascending', () => Int32Array.of(2e9, 3, 2e9, 5), [2, 0, 2, 1], [3, 5, 2e9]],
    ['large numbers', 'appearance', () => Int32Array.of(2e9, 3, 2e9, 5), [0, 1, 0, 2], [2e9, 3, 5]],
    [
      'numbers above 32 bits',
      'ascending',
      () => Float64Array.of(far, 2 ** 32, far, 0),
      [2, 1, 2, 0],
      [0, 2 ** 32, far],
    ],
    [
      'numbers above 32 bits',
      'appearance',
      () => Float64Array.of(far, 2 ** 32, far, 0),
      [0, 1, 0, 2],
      [far, 2 ** 32, 0],
    ],
  ])('numbers %s, %s', (_, order, source, ids, originals) => {
    const numbered = numberIds(source(), order);
    expect([...numbered.ids]).toEqual(ids);
    expect([...numbered.originals]).toEqual(originals);
    expect(numbered.originals.constructor).toBe(source().constructor);
  });

  it('numbers texts in ascending order or by first appearance', () => {
    const source = () => ({ codes: Int32Array.of(0, 1, 0, 2), texts: ['b', 'a', 'Z'] });
    expect(numberIds(source(), 'appearance')).toEqual({ ids: Int32Array.of(0, 1, 0, 2), originals: ['b', 'a', 'Z'] });
    expect(numberIds(source(), 'ascending')).toEqual({ ids: Int32Array.of(2, 1, 2, 0), originals: ['Z', 'a', 'b'] });
  });

  it('does not confuse many large numbers', () => {
    const source = Float64Array.from({ length: 20_011 }, (_, at) => (20_011 - at) * 2 ** 24);
    const { ids, originals } = numberIds(source, 'ascending');
    expect(ids).toEqual(Int32Array.from({ length: 20_011 }, (_, at) => 20_010 - at));
    expect(originals).toEqual(source.toReversed());
  });

  it('accepts a source without rows', () => {
    expect(numberIds(new Int32Array(0), 'ascending')).toEqual({ ids: new Int32Array(0), originals: new Int32Array(0) });
  });

  it('throws for negative ids', () => {
    expect(() => numberIds(Int32Array.of(3, -1), 'ascending')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: numberIds: expected ids from 0, received -1 in row 1.]`,
    );
  });
});

describe('mapToDenseIds', () => {
  it('is the inverse of the original ids', () => {
    expect(mapToDenseIds(Int32Array.of(7, 3)).get(3)).toBe(1);
    expect(mapToDenseIds(['a', 'b']).get('c')).toBeUndefined();
  });
});
