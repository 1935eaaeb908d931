import { expect, it } from 'vitest';
import { findInstallScripts } from './install-scripts.js';

it('accepts scripts that run on command', () => {
  const scripts = { build: 'node build.mjs', test: 'vitest run', prepack: 'node check.mjs' };
  expect(findInstallScripts('packages/kernels/package.json', { scripts }, ['kernels.gypi'])).toEqual([]);
  expect(findInstallScripts('packages/kernels/package.json', {}, [])).toEqual([]);
});

it('reports what runs at installation', () => {
  const scripts = { install: 'node build.mjs', postinstall: 'node thanks.mjs' };
  expect(findInstallScripts('packages/kernels/package.json', { scripts }, ['kernels.gyp'])).toMatchInlineSnapshot(`
    [
      "packages/kernels/package.json: expected no script that runs at installation, received install. Run it on command.",
      "packages/kernels/package.json: expected no script that runs at installation, received postinstall. Run it on command.",
      "packages/kernels/package.json: expected no .gyp file beside it, which npm compiles, received kernels.gyp. Rename it.",
    ]
  `);
});
