import { describe, expect, it } from 'vitest';
import { murmurhash3, murmurhash3Signed } from './murmurhash.js';

// Values of sklearn.utils.murmurhash3_32.
describe('murmurhash3', () => {
  it('equals scikit-learn with positive=True', () => {
    expect([0, 1, 2, 3].map((id) => murmurhash3(id, 0))).toEqual([593689054, 4226891818, 1085422463, 847579505]);
    expect([1, 2, 3, 4, 5].map((id) => murmurhash3(id, 458437080))).toEqual([
      4278530634, 1683984392, 664110746, 2231609410, 1103702956,
    ]);
  });

  it('reads negative ids and seeds as 32 bits', () => {
    expect(murmurhash3(-1, 0)).toBe(murmurhash3(2 ** 32 - 1, 0));
    expect(murmurhash3(7, -1)).toBe(murmurhash3(7, 2 ** 32 - 1));
  });
});

describe('murmurhash3Signed', () => {
  it('equals the default of scikit-learn', () => {
    expect([1, 2, 3, 4].map((id) => murmurhash3Signed(id, 179424941))).toEqual([
      426118601, 936089561, -1722589864, -735400935,
    ]);
  });

  it('has the same 32 bits as murmurhash3', () => {
    for (let id = 0; id < 101; id++) expect(murmurhash3Signed(id, 5) >>> 0).toBe(murmurhash3(id, 5));
  });
});
