import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { isMusl } from './identity.js';

const { resolve } = createRequire(import.meta.url);

function tryResolve(name) {
  try {
    return resolve(name);
  } catch {
    return undefined;
  }
}

/** Finds node-gyp: one that is installed beside this package, else that of npm or pnpm. */
export function findNodeGyp() {
  const { npm_config_node_gyp: configured, npm_execpath: manager } = process.env;
  const folders = [
    ...[manager, ...findOnPath('npm')].filter(Boolean).flatMap((program) => {
      const folder = dirname(program);
      return [join(folder, '..', 'node_modules'), join(folder, '..', 'dist', 'node_modules'), npmBeside(folder)];
    }),
    join(dirname(process.execPath), '..', 'lib', npmBeside('')),
    npmBeside(dirname(process.execPath)),
  ].map((folder) => join(folder, 'node-gyp', 'bin', 'node-gyp.js'));
  return [tryResolve('node-gyp/bin/node-gyp.js'), configured, ...folders].find((file) => file && existsSync(file));
}

const npmBeside = (folder) => join(folder, 'node_modules', 'npm', 'node_modules');

function findOnPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .filter((file) => existsSync(file))
    .map((file) => realpathSync(file));
}

/**
 * Finds a folder with include/node: of the running Node, or the one that npm is configured to use; else creates one of
 * the headers of Node-API in the working folder, and returns its name relative to that: names with spaces would be
 * several words to make.
 */
export function findNodeFolder(work) {
  const candidates = [join(process.execPath, '..', '..'), process.env.npm_config_nodedir];
  const found = candidates.find(
    (folder) =>
      folder &&
      !/\s/.test(folder) &&
      existsSync(join(folder, 'include', 'node', 'node_api.h')) &&
      existsSync(join(folder, 'include', 'node', 'common.gypi')),
  );
  if (found || process.platform === 'win32') return found; // Windows also needs node.lib, which node-gyp finds
  const manifest = tryResolve('node-api-headers/package.json');
  if (!manifest) return undefined;
  const include = join(work, 'headers', 'include', 'node');
  mkdirSync(include, { recursive: true });
  cpSync(join(dirname(manifest), 'include'), include, { recursive: true });
  writeFileSync(
    join(include, 'common.gypi'),
    "{ 'target_defaults': { 'default_configuration': 'Release', 'configurations': { 'Release': {}, 'Debug': {} } } }\n",
  );
  writeFileSync(join(include, 'config.gypi'), "{ 'target_defaults': {}, 'variables': {} }\n");
  return 'headers';
}

/** Finds the programs that a compilation needs and that do not run here. node-gyp looks for those of Windows itself. */
export function findMissingTools() {
  if (process.platform === 'win32') return [];
  const { CXX, MAKE, npm_config_python, NODE_GYP_FORCE_PYTHON, PYTHON } = process.env;
  const compiler = CXX || (process.platform === 'darwin' ? 'c++' : 'g++');
  const make = MAKE || (/bsd$/.test(process.platform) ? 'gmake' : 'make');
  const pythons = [npm_config_python, NODE_GYP_FORCE_PYTHON, PYTHON, 'python3', 'python'].filter(Boolean);
  return [
    ...(runs(compiler) ? [] : [`a C++17 compiler (${compiler})`]),
    ...(runs(make) ? [] : [make]),
    ...(pythons.some(runs) ? [] : ['Python (python3)']),
  ];
}

/** Commands of the environment may have arguments, e.g. `ccache g++`. */
function runs(command) {
  const [program, ...parameters] = command.trim().split(/\s+/);
  return spawnSync(program, [...parameters, '--version'], { stdio: 'ignore' }).status === 0;
}

/** Says how the tools are installed on this platform. */
export function describeToolInstallation() {
  if (process.platform === 'win32')
    return 'Install Python and, of the Visual Studio Build Tools, "Desktop development with C++".';
  if (process.platform === 'darwin') return 'Install them with: xcode-select --install.';
  if (isMusl()) return 'Install them with: apk add g++ make python3.';
  return 'Install them, on Debian and Ubuntu with: apt install g++ make python3.';
}
