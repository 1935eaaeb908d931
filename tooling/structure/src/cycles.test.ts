import { describe, expect, it } from 'vitest';
import { findImportCycles } from './cycles.js';
import { readSource } from './source.js';

const find = (files: Record<string, string>): string[] =>
  findImportCycles(Object.entries(files).map(([path, text]) => readSource(path, text)));

describe('findImportCycles', () => {
  it('accepts files that import each other in one direction', () => {
    expect(
      find({
        'src/a.ts': `import './b.js'; import './c/d.js';`,
        'src/b.ts': `import './c/d.js';`,
        'src/c/d.ts': `import 'tsx';`,
      }),
    ).toEqual([]);
  });

  it('reports a cycle once, also one of types alone, and of JavaScript', () => {
    expect(
      find({
        'src/a.ts': `import type { B } from './b.js';`,
        'src/b.ts': `export { c } from './c/d.js';`,
        'src/c/d.ts': `import { type A } from '../a.js';`,
        'src/outside.ts': `import './a.js';`,
        'src/own.mjs': `import './own.mjs';`,
      }),
    ).toMatchInlineSnapshot(`
      [
        "src/a.ts: expected no import cycle, received a.ts → b.ts → d.ts → a.ts. Move what both need into a file of its own.",
        "src/own.mjs: expected no import cycle, received own.mjs → own.mjs. Move what both need into a file of its own.",
      ]
    `);
  });
});
