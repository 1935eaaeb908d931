import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const cache = fileURLToPath(new URL('../node_modules/.cache/footlight-engine/', import.meta.url));

/**
 * A program of this folder as plain JavaScript in one file: what translates TypeScript while a program runs takes 98 MB of memory, which no user of the
 * packages has.
 *
 * @returns its path, from which the packages that it leaves out are found
 */
export function compiled(program: string): string {
  const outfile = join(cache, `${program}.mjs`);
  mkdirSync(cache, { recursive: true });
  buildSync({
    entryPoints: [fileURLToPath(new URL(`${program}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@footlight/source'],
    external: ['@tensorflow/*', '@footlight/native', 'arquero', 'vitest'],
    // The engine looks for its kernels from where it lies, and only there they are declared.
    define: { 'import.meta.url': JSON.stringify(import.meta.resolve('@footlight/engine')) },
    // Some of what is bundled is CommonJS.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
}
