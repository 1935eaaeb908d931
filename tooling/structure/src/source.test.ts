import { describe, expect, it } from 'vitest';
import { readSource } from './source.js';

describe('readSource', () => {
  it('lists imports of every kind, and none out of comments', () => {
    const text = `
      /** @example import { x } from 'not-this'; */
      import type { A } from '@footlight/core';
      import './side.js';
      export { b } from './b.js';
      const c = await import('./c.js');
    `;
    expect(readSource('a.ts', text).imports).toEqual(['@footlight/core', './side.js', './b.js', './c.js']);
  });

  it('sees whether a file holds types alone', () => {
    expect(
      readSource('a.ts', `import type { A } from './a.js';\nexport interface B { a: A }\nexport type C = B;`).runs,
    ).toBe(false);
    expect(readSource('a.ts', 'export const one = 1;').runs).toBe(true);
  });

  it('lists the files whose values it hands on', () => {
    const text = `
      export { a, type B } from './a.js';
      export type { C } from './c.js';
      export { type D } from './d.js';
      export { e };
    `;
    expect(readSource('index.ts', text).reexports).toEqual(['./a.js']);
  });

  it('sees an export of everything', () => {
    expect(readSource('a.ts', `export * from './b.js';`).exportsAll).toBe(true);
    expect(readSource('a.ts', `export { b } from './b.js';`).exportsAll).toBe(false);
    expect(readSource('a.ts', `export * from '@footlight/core';`).exportsAll).toBe(false);
  });
});
