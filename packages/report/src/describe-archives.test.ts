import { describe, expect, it } from 'vitest';
import { describeArchives } from './describe-archives.js';
import type { ExperimentResult } from './result.js';

const create = (experiment: string, checksum?: 'published' | 'other' | 'unknown') =>
  ({ experiment, ...(checksum && { archives: [{ fileName: 'ml-1m.zip', checksum }] }) }) as unknown as ExperimentResult;

describe('describeArchives', () => {
  it('names archives whose checksum is not the publisher’s', () => {
    expect(describeArchives([create('a', 'other'), create('b', 'other')])).toEqual([
      "These results were made from `ml-1m.zip`, whose checksum is not the publisher's.",
    ]);
  });

  it('names the experiments where not all used it', () => {
    expect(describeArchives([create('a', 'other'), create('b', 'published'), create('c', 'other')])).toEqual([
      "The results of a, c were made from `ml-1m.zip`, whose checksum is not the publisher's.",
    ]);
  });

  it('is silent about others', () =>
    expect(describeArchives([create('a'), create('b', 'published'), create('c', 'unknown')])).toEqual([]));
});
