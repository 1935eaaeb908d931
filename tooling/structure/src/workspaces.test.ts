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

  it('reads the files that somebody wrote, in packages, apps and examples', () => {
    const files = {
      'packages/core/package.json': '{ "name": "@footlight/core" }',
      'packages/core/src/a.ts': `import './b.js';`,
      'packages/core/dist/a.ts': '',
      'packages/core/node_modules/x/a.ts': '',
      'examples/package.json': '{ "name": "examples" }',
      'tooling/x/package.json': '{ "name": "x" }',
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    expect(readWorkspaces(root)).toEqual([
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
