import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readTextFiles } from './text-files.js';

it('reads what people write: no ignored files, results, fixtures or other languages', () => {
  const root = mkdtempSync(join(tmpdir(), 'structure-'));
  const paths = ['a.ts', 'b.mjs', 'c.py', 'README.md', 'tooling/fixtures/make.py'];
  const others = ['dist/a.ts', 'results/a.md', 'x/fixtures/a.ts', 'CHANGELOG.md', 'a.cc', 'pnpm-lock.yaml'];
  for (const path of [...paths, ...others, '.gitignore']) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path === '.gitignore' ? 'dist\n' : path);
  }
  execFileSync('git', ['init', '-q'], { cwd: root });
  expect(readTextFiles(root)).toEqual([...paths].sort().map((path) => ({ path, text: path })));
  rmSync(root, { recursive: true });
});
