import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { components } from './components.js';

describe('components', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'components-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const read = () => components(join(folder, 'index.ts'));

  it('takes the first sentence of each value, and no types', () => {
    write('index.ts', `export { type A, sum as total, limit } from './sum.js';\nexport type { B } from './sum.js';`);
    write(
      'sum.ts',
      `/** Adds, e.g.\n * in columns. And more.\n *\n * $$ x $$\n */\nexport function sum(): void {}\n/** As many as fit: no more. */\nexport const limit = 3;`,
    );
    expect(read()).toEqual([
      { name: 'total', sentence: 'Adds, e.g. in columns.' },
      { name: 'limit', sentence: 'As many as fit: no more.' },
    ]);
  });

  it('takes what the index itself holds', () => {
    write('index.ts', '/** Where it lies. */\nexport const archive = 1;');
    expect(read()).toEqual([{ name: 'archive', sentence: 'Where it lies.' }]);
  });

  it('takes a package that a file hands on under another name', () => {
    write('index.ts', `export { fs } from './fs.js';`);
    write('fs.ts', `import * as fs from 'node:fs';\n/** The files. */\nexport { fs };`);
    expect(read()).toEqual([{ name: 'fs', sentence: 'The files.' }]);
  });

  it('takes the file for Node of two for platforms', () => {
    write('index.ts', `export { find } from '#platform/find';`);
    write('find.ts', '/** Finds. */\nexport function find(): void {}');
    expect(read()).toEqual([{ name: 'find', sentence: 'Finds.' }]);
  });

  it('complains about a value without words', () => {
    write('index.ts', `export { sum } from './sum.js';`);
    write('sum.ts', 'export function sum(): void {}');
    expect(read).toThrow('sum.ts: expected a doc comment on sum, received none.');
  });
});
