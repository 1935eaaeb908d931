import { type ExecFileException, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RecsysError } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { findTensorflowFolder } from './backends/tensorflow-folder.js';

const run = promisify(execFile);

export interface InstallTensorflowOptions {
  /** Where it goes. Default the platform's cache folder, where `useBackend` looks. */
  readonly folder?: string;
  /** Version of TensorFlow. Default 2.21.0. */
  readonly version?: string;
  /** Told before each step. */
  readonly onStep?: (step: string) => void;
}

const binding = join('node_modules', '@tensorflow', 'tfjs-node');
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/**
 * Makes the `tensorflow` backend work where the published binary of `@tensorflow/tfjs-node` cannot be had or is too old: compiles its binding against the
 * libraries inside the `tensorflow-cpu` wheel of PyPI.
 *
 * Needs Linux, npm, python3 with pip, and g++; about 300 MB are downloaded, 900 MB stay. A step that is done is not done again.
 *
 * @throws {RecsysError} `install-failed`, naming the step, and what is missing
 */
export async function installTensorflow({
  folder = findTensorflowFolder(),
  version = '2.21.0',
  onStep = () => {},
}: InstallTensorflowOptions = {}): Promise<string> {
  if (process.platform !== 'linux')
    fail(`expected Linux, received ${process.platform}. Install @tensorflow/tfjs-node instead.`);
  if ((await installedVersion(folder)) === version) return folder;
  await mkdir(folder, { recursive: true });
  await step('npm', ['--version'], folder);
  await step('python3', ['-m', 'pip', '--version'], folder);
  await step(compiler(), ['--version'], folder);

  if (!existsSync(join(folder, binding, 'binding')) || !existsSync(join(folder, 'node_modules', 'node-api-headers'))) {
    onStep(`npm: the binding of @tensorflow/tfjs-node ${tf.version.tfjs}`);
    await step(
      'npm',
      [
        'install',
        '--prefix',
        folder,
        '--ignore-scripts',
        '--no-save',
        '--no-audit',
        '--no-fund',
        `@tensorflow/tfjs-node@${tf.version.tfjs}`,
        'node-api-headers@1',
      ],
      folder,
    );
  }
  const libraryFolder = folderOf(folder, version);
  const headers = join(libraryFolder, 'include');
  if (!existsSync(headers)) await fetchLibraries(folder, version, libraryFolder, onStep);

  onStep(`${compiler()}: the binding against TensorFlow`);
  await compile(folder, libraryFolder);
  await writeFile(join(folder, 'installed.json'), `${JSON.stringify({ version })}\n`);
  await rm(headers, { recursive: true, force: true });
  return folder;
}

async function installedVersion(folder: string): Promise<string | undefined> {
  try {
    const { version } = JSON.parse(await readFile(join(folder, 'installed.json'), 'utf8')) as { version: string };
    const needed = [builtBinding(folder), ...libraries.map((name) => join(folderOf(folder, version), name))];
    return needed.every((path) => existsSync(path)) ? version : undefined;
  } catch {
    return undefined; // not there, or half written: install again
  }
}

function builtBinding(folder: string): string {
  return join(folder, binding, 'lib', 'napi-v8', 'tfjs_binding.node');
}

function folderOf(folder: string, version: string): string {
  return join(folder, `tensorflow-${version}`);
}

/** The two libraries and the headers out of the wheel, under a temporary name until complete. */
async function fetchLibraries(
  folder: string,
  version: string,
  target: string,
  onStep: (step: string) => void,
): Promise<void> {
  const wheels = join(folder, 'wheel');
  onStep(`pip: tensorflow-cpu ${version}, about 270 MB`);
  await step(
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
  if (!wheel) fail(`pip brought no wheel of tensorflow-cpu ${version}.`);
  onStep('unpack: libraries and headers');
  const partial = `${target}.part`;
  await rm(partial, { recursive: true, force: true });
  await step('python3', ['-c', unpack, join(wheels, wheel), partial], folder);
  await rm(target, { recursive: true, force: true }); // libraries without their headers
  await rename(join(partial, 'tensorflow'), target);
  await rm(partial, { recursive: true, force: true });
  await rm(wheels, { recursive: true, force: true });
}

/** Unpacks only what is linked or included; the wheel holds three times as much. */
const unpack = `
import sys, zipfile
wheel, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    names = [n for n in archive.namelist() if n.startswith(('tensorflow/include/', 'tensorflow/libtensorflow'))]
    archive.extractall(target, names)
`;

async function compile(folder: string, libraryFolder: string): Promise<void> {
  const source = join(folder, binding);
  const built = builtBinding(folder);
  await mkdir(dirname(built), { recursive: true });
  const includes = [
    join(libraryFolder, 'include'),
    join(folder, 'node_modules', 'node-api-headers', 'include'),
    source,
  ].flatMap((path) => ['-I', path]);
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(source, 'binding', name));
  const linked = libraries.map((name) => join(libraryFolder, name));
  await step(
    compiler(),
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

/** As make and node-gyp choose it. */
function compiler(): string {
  return process.env.CXX || 'g++';
}

async function step(command: string, parameters: readonly string[], cwd: string): Promise<void> {
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
        `expected ${command} on the PATH, received none. Install it and run this again; finished steps are kept.`,
        cause,
      );
    const said = stderr.split('\n').filter((line) => line.trim() !== '');
    const reason = said.find((line) => /error/i.test(line)) ?? said.at(-1) ?? (cause as Error).message.split('\n')[0];
    fail(`${command} failed: ${reason}. Run this again once that is mended; finished steps are kept.`, cause);
  }
}

function fail(what: string, cause?: unknown): never {
  throw new RecsysError('install-failed', `installTensorflow: ${what}`, { cause });
}
