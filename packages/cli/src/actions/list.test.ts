import { describe, expect, it } from 'vitest';
import { filterNames } from './list.js';

describe('filterNames', () => {
  const names = ['talk/popularity', 'triplet/deep', 'triplet/deep-linear'];

  it('keeps names that contain the filter, in any case', () => {
    expect(filterNames(names, 'DEEP')).toEqual(['triplet/deep', 'triplet/deep-linear']);
    expect(filterNames(names, undefined)).toEqual(names);
  });

  it('takes stars and question marks for patterns of whole names', () => {
    expect(filterNames(names, 'triplet/*')).toEqual(['triplet/deep', 'triplet/deep-linear']);
    expect(filterNames(names, '*/deep')).toEqual(['triplet/deep']);
    expect(filterNames(names, 'triplet/dee?')).toEqual(['triplet/deep']);
    expect(filterNames(names, 'triplet.dee?')).toEqual([]);
  });
});
