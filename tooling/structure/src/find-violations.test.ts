import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDrawing } from './drawing.js';
import { findViolations } from './find-violations.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'structure-'));
  for (const name of ['core', 'losses']) {
    mkdirSync(join(root, 'packages', name), { recursive: true });
    const manifest = { name: `@footlight/${name}`, scripts: { install: 'node build.mjs' } };
    writeFileSync(join(root, 'packages', name, 'package.json'), JSON.stringify(manifest));
  }
});
afterAll(() => rmSync(root, { recursive: true }));

const files = [
  { path: 'README.md', text: 'for somebody' },
  { path: 'packages/core/src/a.ts', text: `import './b.js';\nconst rowsOf = 1;` },
  { path: 'packages/core/src/b.ts', text: `import './a.js';\nimport '@footlight/losses';` },
  { path: 'packages/losses/src/a.ts', text: `// ${'x'.repeat(120)}` },
  { path: 'packages/losses/src/b.ts', text: `import { writeFile } from 'node:fs/promises';` },
];
const vocabulary = { words: [], names: [], spelling: {}, phrases: { somebody: 'the user' }, exceptions: [] };
const count = (...paths: string[]): Record<string, number> => {
  const found = findViolations(root, files, { drawing: parseDrawing('core ◀── losses'), vocabulary, paths });
  return Object.fromEntries(Object.entries(found).map(([rule, messages]) => [rule, messages.length]));
};

it('applies every rule to the whole repository', () => {
  const others = { imports: 1, cycles: 1, browsers: 0, words: 1, suffixes: 1, lengths: 1, writers: 1 };
  expect(count()).toEqual({ ...others, 'install scripts': 2, manifests: 20 });
});

it('applies every rule to one folder', () => {
  const texts = { imports: 0, cycles: 0, browsers: 0, words: 0, suffixes: 0, lengths: 0, writers: 0 };
  const none = { ...texts, 'install scripts': 0, manifests: 0 };
  expect(count('packages/losses')).toEqual({ ...none, 'install scripts': 1, lengths: 1, manifests: 10, writers: 1 });
  expect(count('packages/core/src/a.ts', 'README.md')).toEqual({ ...none, cycles: 1, words: 1, suffixes: 1 });
});
