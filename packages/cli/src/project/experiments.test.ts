import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listExperimentNames } from './experiments.js';

const folder = fileURLToPath(new URL('../../../../apps/benchmarks/experiments/', import.meta.url));

describe('listExperimentNames', () => {
  it('lists files with a default export, and no shared code', () => {
    expect(listExperimentNames(folder)).toContain('talk/factorization-bpr');
    expect(listExperimentNames(folder)).not.toContain('talk');
  });
});
