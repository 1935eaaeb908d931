import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFolder } from '@footlight/core/files';
import { buildSync } from 'esbuild';

const cache = fileURLToPath(new URL('../../node_modules/.cache/footlight-engine/', import.meta.url));

/**
 * Bundles a program of this folder into one JavaScript file. Translating TypeScript while a program runs takes memory
 * that users of the packages do not need.
 *
 * @returns the path of the file, in a folder from which its external packages are found
 */
export function bundleProgram(program: string): string {
  const outfile = join(cache, `${program}.mjs`);
  createFolder(cache);
  buildSync({
    entryPoints: [fileURLToPath(new URL(`${program}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@footlight/source'],
    // The import of the engine that is named so does not become external by the name of what it stands for.
    alias: { '#register-tfjs': '@tensorflow/tfjs' },
    external: ['@tensorflow/*', '@footlight/kernels', 'arquero', 'vitest'],
    // The engine looks for its kernels relative to its own file, and only its package declares them.
    define: { 'import.meta.url': JSON.stringify(import.meta.resolve('@footlight/engine')) },
    // Some bundled packages are CommonJS. The alias differs from the imports of the bundled files.
    banner: {
      js:
        "import { createRequire as createBundleRequire } from 'node:module'; " +
        'const require = createBundleRequire(import.meta.url);',
    },
    logLevel: 'error',
  });
  return outfile;
}
