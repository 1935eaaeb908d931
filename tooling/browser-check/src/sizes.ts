import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { SOURCE } from './bundlers.js';

/**
 * The bytes of JavaScript that a page loads at first for all exports of a package, with everything that it imports:
 * minified, each file compressed with gzip. What is imported when it is needed (`import()`) is not counted.
 */
export async function measureBundle(name: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export * from '@footlight/${name}';`, resolveDir: import.meta.dirname },
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    outdir: 'out',
    platform: 'browser',
    conditions: [SOURCE],
    logLevel: 'silent',
  });
  const { outputs } = metafile;
  const pending = Object.keys(outputs).filter((path) => outputs[path]!.entryPoint === '<stdin>');
  const loaded = new Set<string>();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    for (const { kind, path: next } of outputs[path]!.imports) if (kind === 'import-statement') pending.push(next);
  }
  const files = outputFiles.filter(({ path }) => [...loaded].some((each) => path.endsWith(each)));
  return files.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
}

/** The sentence of a README. */
export function describeSize(bytes: number): string {
  return (
    'The package runs in browsers as well. A page that uses all of it loads ' +
    `${Math.round(bytes / 1000)} KB of JavaScript (minified, gzip), with everything that the package imports.`
  );
}

const section = /<!-- bundle-size -->\n([\s\S]*?)<!-- end -->/;

/** The kilobytes that a README states; `undefined` if it has no section for them. */
export function readSize(readme: string): number | undefined {
  const stated = /loads (\d+) KB/.exec(section.exec(readme)?.[1] ?? '')?.[1];
  return stated === undefined ? undefined : Number(stated);
}

/** A README with the sentence about a size. @throws {Error} if it has no section for that */
export function writeSize(readme: string, bytes: number): string {
  if (!section.test(readme)) throw new Error('README: expected <!-- bundle-size --> … <!-- end -->, found none.');
  return readme.replace(section, `<!-- bundle-size -->\n${describeSize(bytes)}\n<!-- end -->`);
}
