import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWorkspaces } from './workspaces.js';

describe('readWorkspaces', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'structure-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('groups files by the packages, apps, tools and examples that have a package.json', () => {
    const texts = {
      'packages/core/package.json': '{ "name": "@footlight/core" }',
      'examples/package.json': '{ "name": "examples" }',
    };
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const files = [
      { path: 'README.md', text: '' },
      { path: 'examples/README.md', text: '' },
      { path: 'packages/core/src/a.ts', text: `import './b.js';` },
      { path: 'packages/gone/src/a.ts', text: '' },
    ];
    expect(readWorkspaces(root, files)).toEqual([
      { folder: 'examples', manifest: { name: 'examples' }, sources: [] },
      {
        folder: 'packages/core',
        manifest: { name: '@footlight/core' },
        sources: [
          { path: 'packages/core/src/a.ts', imports: ['./b.js'], runs: false, reexports: [], exportsAll: false },
        ],
      },
    ]);
  });
});
