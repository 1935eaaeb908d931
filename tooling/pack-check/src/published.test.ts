import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryPoints, published } from './published.js';

describe('published', () => {
  it('leaves private packages out', () => {
    const root = mkdtempSync(join(tmpdir(), 'published-'));
    for (const [name, hidden] of [
      ['open', false],
      ['hidden', true],
    ] as const) {
      mkdirSync(join(root, 'packages', name), { recursive: true });
      writeFileSync(join(root, 'packages', name, 'package.json'), JSON.stringify({ name, private: hidden }));
    }
    expect(published(root).map(({ manifest }) => manifest.name)).toEqual(['open']);
    rmSync(root, { recursive: true });
  });
});

describe('entryPoints', () => {
  it('lists what can be imported', () => {
    expect(
      entryPoints({ name: '@footlight/losses', exports: { '.': {}, './testing': {}, './package.json': '' } }),
    ).toEqual(['@footlight/losses', '@footlight/losses/testing']);
  });
});
