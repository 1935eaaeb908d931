#!/usr/bin/env node
// The one way in. Plain Node without dependencies: everything else is installed by it.
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runLocked } from '../../packages/kernels/run-locked.mjs';
import { install, tooOld } from './install.mjs';
import { findInterruption, forwardSignals, runChild } from './run-child.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { engines, packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const environment = {
  ...process.env,
  // turbo starts every task as `pnpm run …`, and pnpm need not be installed.
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
};

/** What is published; the documentation is built by a command of its own. */
const packages = '--filter=./packages/*';

const commands = {
  start: (args) => script('apps/benchmarks/start.ts', args),
  footlight: (args) => script('packages/cli/src/cli.ts', args),
  bench: (args) => script('apps/benchmarks/performance/run.ts', ['experiments', ...args]),
  'bench:engine': (args) => script('apps/benchmarks/performance/run.ts', ['engine', ...args]),
  'bench:engine-wasm': (args) => script('apps/benchmarks/performance/run.ts', ['engine-wasm', ...args]),
  'bench:gpu': (args) => script('apps/benchmarks/performance/gpu/run.ts', args),
  'bench:kernels': (args) => script('apps/benchmarks/performance/run.ts', ['kernels', ...args]),
  'bench:reading': (args) => script('apps/benchmarks/performance/run.ts', ['reading', ...args]),
  'bench:serve': (args) => script('apps/benchmarks/performance/serve/run.ts', args),
  'bench:studies': (args) => script('apps/benchmarks/performance/studies/run.ts', args),
  test: (args) => turbo('test', args),
  'test:all': (args) => turbo('test', args, { FOOTLIGHT_TEST_SUITE: 'all' }),
  'test:docs': () => tool('pnpm', ['--filter', '@footlight/docs', 'test:site']),
  quality: () => tool('pnpm', ['--filter', '@footlight/benchmarks', 'test:quality']),
  pack: async (args) =>
    (await turbo('build', [packages, '--output-logs=errors-only'])) ||
    script('tooling/pack-check/src/pack-run.ts', args),
  build: async (args) => (await turbo('build', [packages, ...args])) || script('tooling/pack-check/src/run.ts'),
  check: () =>
    each({
      'format and lint': () => tool('biome', ['check', '--error-on-warnings', '--diagnostic-level=warn', '.']),
      types: () => turbo('typecheck', ['--output-logs=errors-only']),
      structure: () => script('tooling/structure/src/run.ts'),
      'unused code': () => tool('knip', ['--no-progress', '--no-config-hints']),
      links: () => script('tooling/readme/src/links-run.ts'),
      READMEs: () => script('tooling/readme/src/run.ts', ['--check']),
    }),
  fix: () =>
    each({
      'format and lint': () => tool('biome', ['check', '--write', '--diagnostic-level=warn', '.']),
      READMEs: () => script('tooling/readme/src/run.ts'),
    }),
  examples: (args) => script('tooling/readme/src/examples-run.ts', args),
  sizes: async () =>
    (await script('tooling/browser-check/src/sizes-run.ts')) ||
    (await turbo('build', [packages, '--output-logs=errors-only'])) ||
    script('tooling/pack-check/src/sizes-run.ts'),
  docs: (args) => script('apps/docs/src/site.ts', args.length > 0 ? args : ['dev']),
  'changeset-check': (args) => script('tooling/changeset-check/src/run.ts', args),
};

/** Runs a TypeScript file against the sources of the packages, so that nothing has to be built before. */
function script(file, args = []) {
  const tsx = import.meta.resolve('tsx');
  // Paths that users type are relative to their folder, not to the one that the package manager moved to.
  const options = { cwd: process.env.INIT_CWD ?? process.cwd() };
  return execute(
    process.execPath,
    ['--conditions=@footlight/source', '--import', tsx, join(root, file), ...args],
    options,
  );
}

function turbo(task, args = [], variables = {}) {
  return tool('turbo', ['run', task, '--concurrency=100%', '--continue', ...args], variables);
}

function tool(name, args, variables = {}) {
  const env = { ...environment, ...variables };
  return execute(join(root, 'node_modules/.bin', name), args, { cwd: root, env, shell: process.platform === 'win32' });
}

async function execute(command, args, options) {
  const { code, output } = await runChild(command, args, { stdio: 'inherit', env: environment, ...options });
  if (output !== '') console.error(output);
  return code;
}

/** Runs all steps, also after one that fails, so that the whole list can be seen; none after a signal. */
async function each(steps) {
  const failed = [];
  for (const [name, step] of Object.entries(steps)) {
    const started = Date.now();
    const code = await step();
    if (findInterruption() !== undefined) return findInterruption();
    console.error(`${code === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0)
    console.error(`\nFailed: ${failed.join(', ')}. \`npm run fix\` fixes what can be fixed automatically.`);
  return failed.length > 0 ? 1 : 0;
}

async function main([name, ...args]) {
  const outdated = tooOld(process.versions.node, engines.node);
  if (outdated) return fail(outdated);
  const command = commands[name];
  if (!command)
    return fail(`setup: expected one of ${Object.keys(commands).join(', ')}, received ${name ?? 'nothing'}.`);
  const problem = await runLocked('setup', root, () => install(root, packageManager), {
    onWait: (holder) => console.error(`Setting up: waiting for process ${holder}, which installs the packages …`),
    isInterrupted: () => findInterruption() !== undefined,
  });
  if (findInterruption() !== undefined) return findInterruption();
  if (problem) return fail(problem);
  if (command !== commands.check && command !== commands.fix)
    await execute(process.execPath, [join(root, 'packages/kernels/build.mjs')]);
  return findInterruption() ?? command(args);
}

function fail(message) {
  console.error(message);
  return 1;
}

forwardSignals();
process.exitCode = await main(process.argv.slice(2));
