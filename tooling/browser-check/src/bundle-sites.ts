import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build as buildWithEsbuild, transform } from 'esbuild';
import { build as buildWithVite, createLogger } from 'vite';
import webpack from 'webpack';
import { compileWithWebpack, SOURCE, webpackRules } from './bundlers.js';

/** A page with its workers, built into a folder `dist` of the folder of its sources; `page.html` loads it. */
export type SiteBundler = (folder: string, page: string, workers: readonly string[]) => Promise<readonly string[]>;

/** Writes TypeScript files as JavaScript of the same names, which all bundlers read alike. */
export async function writeSources(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const { code } = await transform(await readFile(file, 'utf8'), { loader: 'ts', format: 'esm' });
    await writeFile(join(folder, basename(file).replace(/ts$/, 'js')), code);
  }
}

const loadPage = (script: string): string =>
  `<!doctype html><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;

/** How each bundler builds a page that starts a worker, without plugins; the result is the list of its problems. */
export const siteBundlers: Readonly<Record<'esbuild' | 'Vite' | 'webpack', SiteBundler>> = {
  /** The worker is a second entry, whose output is where the page looks for it. */
  async esbuild(folder, page, workers) {
    const { errors, warnings } = await buildWithEsbuild({
      entryPoints: [page, ...workers].map((name) => join(folder, name)),
      outdir: join(folder, 'dist'),
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      conditions: [SOURCE],
      logLevel: 'silent',
    });
    await writeFile(join(folder, 'dist/page.html'), loadPage(page));
    return [...errors, ...warnings].map(({ text }) => text);
  },

  /** `worker.format` is needed for workers that load parts of their code later. */
  async Vite(folder, page) {
    await writeFile(join(folder, 'page.html'), loadPage(`./${page}`));
    const problems: string[] = [];
    const customLogger = createLogger('silent');
    customLogger.info = () => {};
    customLogger.warn = customLogger.warnOnce = customLogger.error = (message) => void problems.push(message);
    await buildWithVite({
      configFile: false,
      root: folder,
      base: './',
      customLogger,
      resolve: { conditions: [SOURCE, 'module', 'browser', 'import', 'default'] },
      worker: { format: 'es' },
      build: { outDir: 'dist', rolldownOptions: { input: join(folder, 'page.html') }, chunkSizeWarningLimit: 1e5 },
    });
    return problems;
  },

  async webpack(folder, page) {
    const problems = await compileWithWebpack({
      ...webpackRules,
      entry: join(folder, page),
      output: { path: join(folder, 'dist'), filename: 'page.js' },
    } satisfies webpack.Configuration);
    await writeFile(join(folder, 'dist/page.html'), loadPage('page.js'));
    return problems;
  },
};
