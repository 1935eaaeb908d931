import { describe, expect, it } from 'vitest';
import { findManifestProblems } from './published-manifest.js';
import type { Manifest } from './workspace-rules.js';

const complete: Manifest = {
  name: '@footlight/losses',
  description: 'Losses.',
  license: 'Apache-2.0',
  engines: { node: '>=20.19' },
  homepage: 'https://a.example',
  bugs: { url: 'https://a.example/issues' },
  repository: {
    type: 'git',
    url: 'git+https://github.com/footlight/footlight.git',
    directory: 'packages/losses',
  },
  keywords: ['recommender system', 'bpr', 'warp', 'loss', 'tensorflow.js'],
};
const find = (manifest: Partial<Manifest>, folder = 'packages/losses'): string[] =>
  findManifestProblems({ folder, manifest: { ...complete, ...manifest }, sources: [] });

describe('findManifestProblems', () => {
  it('accepts a complete package.json, and any of what is not published', () => {
    expect(find({})).toEqual([]);
    expect(findManifestProblems({ folder: 'apps/a', manifest: { name: 'a' }, sources: [] })).toEqual([]);
    expect(find({ private: true, keywords: [] })).toEqual([]);
  });

  it('reports what is missing or wrong', () => {
    expect(findManifestProblems({ folder: 'packages/a', manifest: { name: 'a' }, sources: [] })).toHaveLength(10);
    expect(find({ keywords: ['bpr', 'warp'] })).toMatchInlineSnapshot(`
      [
        "packages/losses/package.json: expected keywords to be at least 5, received 2. Add it.",
        "packages/losses/package.json: expected keywords to be one of "recommender system", "recommendation", received bpr, warp. Add it.",
      ]
    `);
    expect(find({}, 'packages/other')).toMatchInlineSnapshot(`
      [
        "packages/other/package.json: expected repository.directory to be packages/other, received packages/losses. Add it.",
      ]
    `);
  });
});
