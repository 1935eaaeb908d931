import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as buildWithEsbuild } from 'esbuild';
import { build as buildWithVite, createLogger } from 'vite';
import webpack from 'webpack';

/** A module that a page loads, as text. */
export interface Bundle {
  readonly code: string;
  /** Errors and warnings. */
  readonly problems: readonly string[];
}

/** Bundles a module for browsers: without polyfills, plugins or options, but for the sources in TypeScript. */
export type Bundler = (entry: string) => Promise<Bundle>;

/** The export condition of the sources in TypeScript. */
export const SOURCE = '@footlight/source';

export const bundlers: Readonly<Record<'esbuild' | 'Vite' | 'webpack', Bundler>> = {
  async esbuild(entry) {
    const { outputFiles, errors, warnings } = await buildWithEsbuild({
      entryPoints: [entry],
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      platform: 'browser',
      conditions: [SOURCE],
      logLevel: 'silent',
    }).catch((failure: { errors: { text: string }[] }) => ({ outputFiles: [], warnings: [], ...failure }));
    return { code: outputFiles[0]?.text ?? '', problems: [...errors, ...warnings].map(({ text }) => text) };
  },

  async Vite(entry) {
    const problems: string[] = [];
    const logger = createLogger('silent');
    logger.info = () => {};
    logger.warn = logger.warnOnce = logger.error = (message) => void problems.push(message);
    const built = await buildWithVite({
      configFile: false,
      root: fileURLToPath(new URL('..', import.meta.url)),
      customLogger: logger,
      resolve: { conditions: [SOURCE, 'module', 'browser', 'import', 'default'] },
      build: { write: false, lib: { entry, formats: ['es'] }, chunkSizeWarningLimit: 1e5, rolldownOptions: {} },
    });
    const [output] = [built].flat();
    const chunks = output && 'output' in output ? output.output : [];
    return { code: chunks.map((chunk) => ('code' in chunk ? chunk.code : '')).join(''), problems };
  },

  async webpack(entry) {
    const folder = `${entry}.webpack`;
    try {
      const problems = await compileWithWebpack({
        ...webpackRules,
        entry,
        experiments: { outputModule: true },
        output: { path: folder, filename: 'bundle.js', module: true, library: { type: 'module' } },
      });
      const code = await readFile(join(folder, 'bundle.js'), 'utf8').catch(() => '');
      return { code, problems };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Options of webpack that every page needs: for sources in TypeScript, and without warnings about sizes. */
export const webpackRules: webpack.Configuration = {
  mode: 'production',
  target: 'web',
  optimization: { minimize: false },
  performance: false, // the size of TensorFlow.js is known
  resolve: { conditionNames: [SOURCE, '...'], extensionAlias: { '.js': ['.ts', '.js'] } },
  module: { rules: [{ test: /\.ts$/, loader: fileURLToPath(new URL('strip-types.cjs', import.meta.url)) }] },
};

/** Compiles with webpack. @returns errors and warnings */
export async function compileWithWebpack(configuration: webpack.Configuration): Promise<string[]> {
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
    webpack(configuration)!.run((error, result) => (error ? reject(error) : resolve(result))),
  );
  const { errors = [], warnings = [] } = stats?.toJson({ all: false, errors: true, warnings: true }) ?? {};
  return [...errors, ...warnings].map(({ message }) => message);
}
