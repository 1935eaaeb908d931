import { describe, expect, it } from 'vitest';
import { parseDrawing } from './drawing.js';
import { readSource } from './source.js';
import { findWorkspaceViolations, type Manifest } from './workspace-rules.js';

const drawing = parseDrawing('core ◀── losses ◀── trainer ◀── apps/*\ncore ◀── metrics ◀── trainer');

function check(files: Record<string, string>, manifest: Partial<Manifest> = {}, folder = 'packages/losses'): string[] {
  const sources = Object.entries(files).map(([path, text]) => readSource(`${folder}/${path}`, text));
  return findWorkspaceViolations(drawing, { folder, manifest: { name: '@footlight/losses', ...manifest }, sources });
}

const uses = (specifier: string): Record<string, string> => ({ 'src/index.ts': `export { a } from '${specifier}';` });

describe('findWorkspaceViolations', () => {
  it('accepts a package that follows the rules', () => {
    const files = {
      'src/index.ts': `export { bpr } from './bpr.js';`,
      'src/types.ts': 'export const kinds = 3;',
      'src/bpr.ts': `import { invalid } from '@footlight/core';\nexport const bpr = invalid;`,
      'src/bpr.test.ts': `import { it } from 'vitest';\nimport { bpr } from './bpr.js';\nit('is', bpr);`,
      'src/testing/describe-loss.ts': `import { it } from 'vitest';\nit('is', () => {});`,
      'src/shape.ts': 'export interface Shape { sides: 3 }',
    };
    expect(
      check(files, { dependencies: { '@footlight/core': 'workspace:^' }, devDependencies: { vitest: '4' } }),
    ).toEqual([]);
  });

  it('reports an import that the drawing does not show', () => {
    expect(check(uses('@footlight/metrics'), { dependencies: {} })).toMatchInlineSnapshot(`
      [
        "packages/losses/src/index.ts: expected only imports that the drawing shows, received @footlight/metrics.",
      ]
    `);
  });

  it('reports a dependency that the drawing does not show', () => {
    expect(check({}, { dependencies: { '@footlight/trainer': 'workspace:^' } })).toMatchInlineSnapshot(`
      [
        "packages/losses/package.json: expected only dependencies that the drawing shows, received @footlight/trainer. Take it out.",
      ]
    `);
  });

  it('allows names that the package itself defines', () => {
    expect(check(uses('#register'), { imports: { '#register': './src/register.ts' } })).toEqual([]);
  });

  it('requires imports to be declared, those of shipped files as runtime dependencies', () => {
    expect(
      check(uses('@footlight/core/testing'), { devDependencies: { '@footlight/core': 'workspace:^' } }),
    ).toMatchInlineSnapshot(`
      [
        "packages/losses/src/index.ts: expected @footlight/core among the dependencies of packages/losses/package.json, received none. Declare it there.",
      ]
    `);
    expect(check({ 'src/a.test.ts': `import 'vitest';` }, { devDependencies: { vitest: '4' } })).toEqual([]);
    expect(check(uses('node:fs'))).toEqual([]);
  });

  it('reports imports of files of other packages and of the own index', () => {
    expect(check(uses('../../core/src/rng.js'))).toMatchInlineSnapshot(`
      [
        "packages/losses/src/index.ts: expected imports from its own package, received ../../core/src/rng.js. Import the package by name.",
      ]
    `);
    expect(check({ 'src/ranking/a.test.ts': `import '../index.js';` })).toMatchInlineSnapshot(`
      [
        "packages/losses/src/ranking/a.test.ts: expected the file that holds it, received ../index.js. Import that.",
      ]
    `);
    expect(check({ 'src/ranking/a.test.ts': `import '../testing/index.js';` })).toEqual([]);
    expect(
      check({ 'src/index.test.ts': `import './index.js';`, 'src/loss.test-d.ts': `import './index.js';` }),
    ).toEqual([]);
  });

  it('requires a test beside each file that a package exports', () => {
    const files = {
      'src/index.ts': `export { bpr } from './ranking/bpr.js';`,
      'src/ranking/bpr.ts': 'export const bpr = 1;',
    };
    expect(check(files)).toMatchInlineSnapshot(`
      [
        "packages/losses/src/ranking/bpr.ts: expected bpr.test.ts beside it, received none.",
      ]
    `);
    expect(check({ ...files, 'src/bpr.test.ts': `import './ranking/bpr.js';` })).toHaveLength(1);
    expect(check({ ...files, 'src/ranking/all.test.ts': `import './bpr.js';` })).toEqual([]);
  });

  it('requires no test beside internal files, fixtures and test suites', () => {
    const runs = 'export const one = 1;';
    expect(
      check({
        'src/scores.ts': runs,
        'src/fixtures.ts': runs,
        'src/killed.fixture.ts': runs,
        'src/testing/describe-loss.ts': runs,
      }),
    ).toEqual([]);
  });

  it('reports file names without meaning', () => {
    const files = { 'src/math-utils.ts': '', 'src/helpers/sum.ts': '', 'src/data.ts': '', 'src/database.ts': '' };
    expect(check(files)).toMatchInlineSnapshot(`
      [
        "packages/losses/src/math-utils.ts: expected a name that says what it holds, received math-utils.",
        "packages/losses/src/helpers/sum.ts: expected a name that says what it holds, received helpers.",
        "packages/losses/src/data.ts: expected a name that says what it holds, received data.",
      ]
    `);
  });

  it('reports `export *`', () => {
    expect(check({ 'src/index.ts': `export * from './types.js';` })).toMatchInlineSnapshot(`
      [
        "packages/losses/src/index.ts: expected named re-exports, received \`export *\`. Name what leaves the file.",
      ]
    `);
  });

  it('accepts `export *` in the package that is all others together', () => {
    const files = { 'src/index.ts': `export * from '@footlight/core';` };
    const dependencies = { '@footlight/core': 'workspace:^' };
    expect(check(files, { name: 'footlight', dependencies })).toEqual([]);
  });

  it('reports a package that the drawing does not show', () => {
    expect(check({}, {}, 'packages/stranger')).toMatchInlineSnapshot(`
      [
        "packages/stranger: expected a place in the drawing, received none. Draw it in tooling/structure/drawing.txt.",
      ]
    `);
  });
});
