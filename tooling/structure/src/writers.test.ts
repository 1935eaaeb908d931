import { describe, expect, it } from 'vitest';
import { findOtherWriters } from './writers.js';

const find = (text: string, path = 'packages/a/src/b.ts'): string[] => findOtherWriters({ path, text });

describe('findOtherWriters', () => {
  it.each([
    `import { readFile, writeFile } from 'node:fs/promises';`,
    `import { writeFileSync as put } from 'fs';`,
    `import { createWriteStream } from 'node:fs';`,
    `import { open } from 'node:fs/promises';`,
    `import * as fs from 'node:fs';`,
    `import fs from 'node:fs';`,
  ])('reports %s', (text) => expect(find(text)).toHaveLength(1));

  it.each([
    `import { createReadStream, existsSync, readFileSync, rmSync } from 'node:fs';`,
    `import { type FileHandle, mkdir, rename } from 'node:fs/promises';`,
    `import type { WriteStream } from 'node:fs';`,
    `import { writeFile } from './files.js';`,
  ])('allows %s', (text) => expect(find(text)).toEqual([]));

  it.each([
    `import { mkdir } from 'node:fs/promises'; await mkdir('a', { mode: 0o700, recursive: true });`,
    `export const create = () => files.mkdirSync('a', { recursive });`,
  ])('reports %s', (text) =>
    expect(find(text)).toEqual([
      'packages/a/src/b.ts: expected folders to be created by createFolder of @footlight/core/files, received mkdir ' +
        'with recursive, which never ends in /proc.',
    ]),
  );

  it('allows mkdir of one folder, and what else is recursive', () =>
    expect(find(`mkdir('a'); mkdir('b', { mode: 0o700 }); rm('a', { recursive: true });`)).toEqual([]));

  it('leaves out tests, tools and the writer itself, and names what to use', () => {
    const text = `import { writeFile } from 'node:fs/promises';`;
    const others = ['packages/a/src/b.test.ts', 'packages/a/src/b.fixture.ts', 'tooling/a/src/b.ts'];
    for (const path of [...others, 'packages/core/src/files/write.ts']) expect(find(text, path)).toEqual([]);
    expect(find(text, 'apps/a/b.ts')).toMatchInlineSnapshot(`
      [
        "apps/a/b.ts: expected files to be written by @footlight/core/files, received writeFile of node:fs. Use writeFileAtomically or openFileWriter.",
      ]
    `);
  });
});
