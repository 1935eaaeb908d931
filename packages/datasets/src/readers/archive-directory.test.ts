import { describe, expect, it, onTestFinished } from 'vitest';
import { resolveArchiveDirectory } from './archive-directory.js';

describe('resolveArchiveDirectory', () => {
  it('returns the given folder, else FOOTLIGHT_DATA, else a cache folder', () => {
    const before = process.env.FOOTLIGHT_DATA;
    onTestFinished(() => {
      if (before === undefined) delete process.env.FOOTLIGHT_DATA;
      else process.env.FOOTLIGHT_DATA = before;
    });
    process.env.FOOTLIGHT_DATA = '/data';
    expect(resolveArchiveDirectory('/given')).toBe('/given');
    expect(resolveArchiveDirectory()).toBe('/data');
    delete process.env.FOOTLIGHT_DATA;
    expect(resolveArchiveDirectory()).toMatch(/footlight/);
  });
});
