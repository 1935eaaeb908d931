/**
 * Compiles the kernels unless a binary that fits exists (compiled earlier from the same sources, or prebuilt). Never
 * accesses the network and never fails an installation: if it cannot compile, it explains that in one line, and the
 * engine runs on another backend.
 *
 *   node build.mjs              at installation, before tests and in `build`
 *   node build.mjs --required   exits with 1 if there are no kernels afterwards
 *   node build.mjs --prebuild   the same, and copies the binary into the folder of prebuilds
 *   node build.mjs --unloaded   compiles always and does not load the binary (sanitizers must be loaded first)
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, constants } from 'node:os';
import { dirname, join } from 'node:path';
import { getTarget } from './identity.js';
import { load } from './index.js';

const here = import.meta.dirname;
const { resolve } = createRequire(import.meta.url);

function tryResolve(name) {
  try {
    return resolve(name);
  } catch {
    return undefined;
  }
}

/**
 * Finds a folder with include/node: of the running Node, or the one that npm is configured to use; else creates one of
 * the headers of Node-API.
 */
function findNodeFolder() {
  const candidates = [join(process.execPath, '..', '..'), process.env.npm_config_nodedir];
  const found = candidates.find(
    (folder) =>
      folder &&
      existsSync(join(folder, 'include', 'node', 'node_api.h')) &&
      existsSync(join(folder, 'include', 'node', 'common.gypi')),
  );
  if (found || process.platform === 'win32') return found; // Windows also needs node.lib, which node-gyp finds
  const manifest = tryResolve('node-api-headers/package.json');
  if (!manifest) return undefined;
  const created = join(here, 'build', 'headers');
  const include = join(created, 'include', 'node');
  mkdirSync(include, { recursive: true });
  cpSync(join(dirname(manifest), 'include'), include, { recursive: true });
  writeFileSync(
    join(include, 'common.gypi'),
    "{ 'target_defaults': { 'default_configuration': 'Release', 'configurations': { 'Release': {}, 'Debug': {} } } }\n",
  );
  writeFileSync(join(include, 'config.gypi'), "{ 'target_defaults': {}, 'variables': {} }\n");
  return created;
}

/** Compiles the kernels. @returns why there is no binary; `undefined` on success */
async function compile() {
  if (!existsSync(join(here, 'src'))) return 'the sources are missing';
  const gyp = tryResolve('node-gyp/bin/node-gyp.js') ?? process.env.npm_config_node_gyp;
  if (!gyp) return 'node-gyp is not installed';
  const nodedir = findNodeFolder();
  if (!nodedir && process.platform !== 'win32') return 'the headers of Node are missing';
  const args = [
    gyp,
    'configure',
    'build',
    '--release',
    `--jobs=${availableParallelism()}`,
    ...(nodedir ? [`--nodedir=${nodedir}`] : []),
  ];
  const { code, log, error } = await run(process.execPath, args);
  if (code === 0) return undefined;
  mkdirSync(join(here, 'build'), { recursive: true });
  writeFileSync(join(here, 'build', 'failed.log'), log);
  return error?.message ?? findReason(log);
}

/**
 * Runs a program in this folder. A signal that ends this process ends it too, with all compilers that it has started:
 * they are in one process group.
 */
function run(command, args) {
  const group = process.platform !== 'win32';
  const child = spawn(command, args, {
    cwd: here,
    detached: group,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      if (group) process.kill(-child.pid, 'SIGTERM');
      else child.kill();
      process.exit(128 + constants.signals[signal]);
    });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, log, error }));
    child.on('close', (code) => resolve({ code, log }));
  });
}

/** Finds the most useful line of a log: an error of the compiler, a missing program, else an error of node-gyp. */
function findReason(log) {
  const patterns = [/^.*\b(?:fatal )?error: .*$/m, /^make: .*No such file.*$/m, /^gyp ERR! stack Error: .*$/m];
  const found = patterns.map((pattern) => log.match(pattern)?.[0]).find((line) => line);
  return (found ?? 'node-gyp failed')
    .replace(/^gyp ERR! stack Error: /, '')
    .trim()
    .slice(0, 200);
}

const [required, prebuild, unloaded] = ['--required', '--prebuild', '--unloaded'].map((flag) =>
  process.argv.includes(flag),
);
if (unloaded || !load().kernels) {
  const started = Date.now();
  const reason = (await compile()) ?? (unloaded ? undefined : load().reason);
  if (reason) console.error(`@footlight/kernels: not compiled (${reason}); the engine runs on its other backends.`);
  else console.error(`@footlight/kernels: compiled in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  if (reason && (required || prebuild || unloaded)) process.exitCode = 1;
}
if (prebuild && !process.exitCode)
  for (const file of ['footlight.node', 'footlight.json'])
    cpSync(join(here, 'build', 'Release', file), join(here, 'prebuilds', getTarget(), file));
