import { type ExecFileException, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RecsysError } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';
import { findTensorflowFolder } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';

const run = promisify(execFile);

export interface InstallTensorflowOptions {
  /** Folder of the installation. Default: the platform's cache folder, where `useBackend` looks for it. */
  readonly folder?: string;
  /** Version of TensorFlow. Default 2.21.0. */
  readonly version?: string;
  /** Called before each step with its description. */
  readonly onStep?: (step: string) => void;
}

const binding = join('node_modules', '@tensorflow', 'tfjs-node');
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/**
 * Installs TensorFlow for the `tensorflow` backend: compiles the binding of `@tensorflow/tfjs-node` against the
 * libraries of the `tensorflow-cpu` wheel from PyPI.
 *
 * Use it where the published binary of `@tensorflow/tfjs-node` is not available or too old. It needs Linux, npm,
 * python3 with pip, and g++. It downloads about 300 MB and uses 900 MB on disk. A second call repeats only the steps
 * that did not finish.
 *
 * @returns the folder of the installation
 * @throws {RecsysError} `install-failed` with the step that failed and what is missing
 */
export async function installTensorflow({
  folder = findTensorflowFolder(),
  version = '2.21.0',
  onStep = () => {},
}: InstallTensorflowOptions = {}): Promise<string> {
  if (process.platform !== 'linux')
    fail(`expected Linux, received ${process.platform}. Install @tensorflow/tfjs-node instead.`);
  if ((await readInstalledVersion(folder)) === version) return folder;
  await mkdir(folder, { recursive: true });
  await runStep('npm', ['--version'], folder);
  await runStep('python3', ['-m', 'pip', '--version'], folder);
  await runStep(findCompiler(), ['--version'], folder);

  if (!existsSync(join(folder, binding, 'binding')) || !existsSync(join(folder, 'node_modules', 'node-api-headers'))) {
    onStep(`npm: the binding of @tensorflow/tfjs-node ${tf.version.tfjs}`);
    await runStep(
      'npm',
      [
        ...['install', '--prefix', folder, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'],
        `@tensorflow/tfjs-node@${tf.version.tfjs}`,
        'node-api-headers@1',
      ],
      folder,
    );
  }
  const libraryFolder = getLibraryFolder(folder, version);
  const headers = join(libraryFolder, 'include');
  if (!existsSync(headers)) await fetchLibraries(folder, version, libraryFolder, onStep);

  onStep(`${findCompiler()}: the binding against TensorFlow`);
  await compileBinding(folder, libraryFolder);
  await writeFileAtomically(join(folder, 'installed.json'), `${JSON.stringify({ version })}\n`);
  await rm(headers, { recursive: true, force: true });
  return folder;
}

async function readInstalledVersion(folder: string): Promise<string | undefined> {
  try {
    const { version } = JSON.parse(await readFile(join(folder, 'installed.json'), 'utf8')) as { version: string };
    const needed = [getBindingPath(folder), ...libraries.map((name) => join(getLibraryFolder(folder, version), name))];
    return needed.every((path) => existsSync(path)) ? version : undefined;
  } catch {
    return undefined; // absent or incomplete: install again
  }
}

function getBindingPath(folder: string): string {
  return join(folder, binding, 'lib', 'napi-v8', 'tfjs_binding.node');
}

function getLibraryFolder(folder: string, version: string): string {
  return join(folder, `tensorflow-${version}`);
}

/** Unpacks the two libraries and the headers from the wheel, under a temporary name until they are complete. */
async function fetchLibraries(
  folder: string,
  version: string,
  target: string,
  onStep: (step: string) => void,
): Promise<void> {
  const wheels = join(folder, 'wheel');
  onStep(`pip: tensorflow-cpu ${version}, about 270 MB`);
  await runStep(
    'python3',
    [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary=:all:',
      '--dest',
      wheels,
      `tensorflow-cpu==${version}`,
    ],
    folder,
  );
  const wheel = (await readdir(wheels)).find(
    (name) => name.startsWith(`tensorflow_cpu-${version}-`) && name.endsWith('.whl'),
  );
  if (!wheel) fail(`expected a wheel of tensorflow-cpu ${version} from pip, received none.`);
  onStep('unpack: libraries and headers');
  const partial = `${target}.part`;
  await rm(partial, { recursive: true, force: true });
  await runStep('python3', ['-c', unpack, join(wheels, wheel), partial], folder);
  await rm(target, { recursive: true, force: true }); // an earlier installation has no headers left
  await rename(join(partial, 'tensorflow'), target);
  await rm(partial, { recursive: true, force: true });
  await rm(wheels, { recursive: true, force: true });
}

/** Python script that unpacks only the libraries and headers, a third of the wheel. */
const unpack = `
import sys, zipfile
wheel, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    names = [n for n in archive.namelist() if n.startswith(('tensorflow/include/', 'tensorflow/libtensorflow'))]
    archive.extractall(target, names)
`;

async function compileBinding(folder: string, libraryFolder: string): Promise<void> {
  const source = join(folder, binding);
  const built = getBindingPath(folder);
  await mkdir(dirname(built), { recursive: true });
  const includes = [
    join(libraryFolder, 'include'),
    join(folder, 'node_modules', 'node-api-headers', 'include'),
    source,
  ].flatMap((path) => ['-I', path]);
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(source, 'binding', name));
  const linked = libraries.map((name) => join(libraryFolder, name));
  await runStep(
    findCompiler(),
    [
      '-std=c++17',
      '-O2',
      '-fPIC',
      '-shared',
      '-w',
      '-DNAPI_VERSION=8',
      '-o',
      `${built}.part`,
      ...sources,
      ...includes,
      ...linked,
      `-Wl,-rpath,${libraryFolder}`,
    ],
    folder,
  );
  await rename(`${built}.part`, built);
}

/** The compiler that make and node-gyp would choose. */
function findCompiler(): string {
  return process.env.CXX || 'g++';
}

async function runStep(command: string, parameters: readonly string[], cwd: string): Promise<void> {
  try {
    await run(command, parameters, {
      cwd,
      maxBuffer: 2 ** 26,
      env: { ...process.env, npm_config_update_notifier: 'false' },
    });
  } catch (cause) {
    const { code, stderr = '' } = cause as ExecFileException & { stderr?: string };
    if ((code as unknown) === 'ENOENT')
      fail(
        `expected ${command} on the PATH, received none. Install it and run this command again; finished steps are ` +
          'not repeated.',
        cause,
      );
    const lines = stderr.split('\n').filter((line) => line.trim() !== '');
    const reason = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? (cause as Error).message.split('\n')[0];
    fail(`${command} failed: ${reason}. Fix it and run this command again; finished steps are not repeated.`, cause);
  }
}

function fail(what: string, cause?: unknown): never {
  throw new RecsysError('install-failed', `footlight doctor --install-tensorflow: ${what}`, { cause });
}
