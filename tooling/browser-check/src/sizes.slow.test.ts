import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { browserPackages } from '@footlight/tooling-structure/browser-packages';
import { describe, expect, it } from 'vitest';
import { measureBundle, readSize, writeSize } from './sizes.js';

describe('the size of a bundle', () => {
  it.each(browserPackages)(
    'is what the README of the package states, within a fifth: %s',
    async (name) => {
      const readme = await readFile(
        fileURLToPath(new URL(`../../../packages/${name}/README.md`, import.meta.url)),
        'utf8',
      );
      const kilobytes = (await measureBundle(name)) / 1000;
      const stated = readSize(readme) ?? 0; // `npm run sizes` writes it
      expect(Math.abs(stated - kilobytes)).toBeLessThan(0.2 * kilobytes + 1);
    },
    60_000,
  );

  it('is written between its marks', () => {
    const readme = 'a\n<!-- bundle-size -->\nold\n<!-- end -->\nb';
    expect(readSize(readme)).toBeUndefined();
    expect(readSize(writeSize(readme, 12_345))).toBe(12);
    expect(writeSize(readme, 12_345)).toMatch(/^a\n<!-- bundle-size -->\nThe package .* 12 KB .*\n<!-- end -->\nb$/);
  });
});
