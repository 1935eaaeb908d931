import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { archive } from './index.js';

describe('archive', () => {
  it('is a zip archive', () => {
    expect(readFileSync(archive).subarray(0, 4)).toEqual(Buffer.from('PK\x03\x04'));
  });

  it('has its licence and citation in the package', () => {
    const license = readFileSync(new URL('../LICENSE', import.meta.url), 'utf8');
    expect(license).toContain('The user may redistribute the data set');
    expect(license).toContain('https://doi.org/10.1145/2827872');
  });
});
