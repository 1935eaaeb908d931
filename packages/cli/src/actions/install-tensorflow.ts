import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalJson, shortHash } from '@footlight/core';
import { createFolder, createPrivateFolder, writeFileAtomically } from '@footlight/core/files';
import { findTensorflowFolder, tf } from '@footlight/engine';
import {
  fetchLibraries,
  getLibraryFolder,
  publishedGpuWheel,
  publishedWheel,
  version,
  type Wheel,
} from './fetch-libraries.js';
import { failToInstall, type Run, runProgram } from './run-program.js';
import lock from './tensorflow-lock.json' with { type: 'json' };

export interface InstallTensorflowOptions {
  /** Whether to install the libraries for a GPU, for the backend `tensorflow-gpu`. Default false. */
  readonly gpu?: boolean;
  /** Folder of the installation. Default: the platform's cache folder, where `useBackend` looks for it. */
  readonly folder?: string;
  /** Called before each step with its description. */
  readonly onStep?: (step: string) => void;
  /** Ends the step under way, with the programs that it has started. */
  readonly signal?: AbortSignal;
  /** The file of PyPI with the libraries; replaced in tests. */
  readonly wheel?: Wheel;
}

const binding = join('node_modules', '@tensorflow', 'tfjs-node');
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/**
 * Installs TensorFlow for the `tensorflow` backend: compiles the binding of `@tensorflow/tfjs-node` against the
 * libraries of the `tensorflow-cpu` wheel from PyPI, or of the `tensorflow` wheel, which computes on NVIDIA's GPUs.
 *
 * Use it where the published binary of `@tensorflow/tfjs-node` is not available or too old. It needs Linux on x86-64,
 * npm, python3 with pip, and g++. It downloads about 300 MB and uses 900 MB on disk; twice as much with `gpu`, which
 * also needs the driver of the GPU and the libraries of CUDA 12 and cuDNN 9 where the system finds them. A second call
 * repeats only the steps that did not finish.
 *
 * The folder is readable by this user only. The wheel and all packages of npm are checked against the checksums that
 * stand here before anything of them is used; scripts of packages are not run.
 *
 * @returns the folder of the installation
 * @throws {RecsysError} `install-failed` with the step that failed and what is missing, `wrong-checksum`,
 *   `unsafe-folder` or `write-failed`
 */
export async function installTensorflow({
  gpu = false,
  folder = findTensorflowFolder({ gpu }),
  onStep = () => {},
  signal,
  wheel = gpu ? publishedGpuWheel : publishedWheel,
}: InstallTensorflowOptions = {}): Promise<string> {
  const machine = `${process.platform} on ${process.arch}`;
  if (machine !== 'linux on x64')
    failToInstall(`expected linux on x64, received ${machine}. Install @tensorflow/tfjs-node instead.`);
  const { version: tfjs } = lock.packages[`node_modules/@tensorflow/tfjs-node`];
  if (tf.version_core !== tfjs)
    failToInstall(
      `expected @tensorflow/tfjs-core ${tfjs}, received ${tf.version_core}. Install that version beside footlight.`,
    );
  createPrivateFolder(folder);
  if ((await readInstalledVersion(folder)) === version) return folder;
  const run: Run = (command, parameters) => runProgram(command, parameters, folder, signal);
  await run('npm', ['--version']);
  await run('python3', ['-m', 'pip', '--version']);
  await run(findCompiler(), ['--version']);

  if (!(await hasPackages(folder))) {
    onStep(`npm: the binding of @tensorflow/tfjs-node ${tfjs}`);
    await installPackages(folder, run);
  }
  const libraryFolder = getLibraryFolder(folder, version);
  const headers = join(libraryFolder, 'include');
  if (!existsSync(headers)) await fetchLibraries(folder, wheel, libraryFolder, { onStep, run });

  onStep(`${findCompiler()}: the binding against TensorFlow`);
  await compileBinding(folder, libraryFolder, run);
  await writeFileAtomically(join(folder, 'installed.json'), `${JSON.stringify({ version })}\n`);
  await rm(headers, { recursive: true, force: true });
  return folder;
}

const lockHash = shortHash(canonicalJson(lock as unknown as Parameters<typeof canonicalJson>[0]));

/** Names the packages that are installed, so that others are not taken for them. */
const packagesFile = 'packages.json';

async function hasPackages(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, binding, 'binding')) || !existsSync(join(folder, 'node_modules', 'node-api-headers')))
    return false;
  return (await readFile(join(folder, packagesFile), 'utf8').catch(() => '')) === lockHash;
}

/** Installs the packages of the lockfile; npm checks each of them against its checksum there. */
async function installPackages(folder: string, run: Run): Promise<void> {
  const { name, dependencies } = lock.packages[''];
  await writeFileAtomically(join(folder, 'package.json'), JSON.stringify({ name, private: true, dependencies }));
  await writeFileAtomically(join(folder, 'package-lock.json'), JSON.stringify(lock));
  await run('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']);
  await writeFileAtomically(join(folder, packagesFile), lockHash);
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

async function compileBinding(folder: string, libraryFolder: string, run: Run): Promise<void> {
  const source = join(folder, binding);
  const built = getBindingPath(folder);
  createFolder(dirname(built));
  const includes = [
    join(libraryFolder, 'include'),
    join(folder, 'node_modules', 'node-api-headers', 'include'),
    source,
  ].flatMap((path) => ['-I', path]);
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(source, 'binding', name));
  const linked = libraries.map((name) => join(libraryFolder, name));
  await run(findCompiler(), [
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
  ]);
  await rename(`${built}.part`, built);
}

/** The compiler that make and node-gyp would choose. */
function findCompiler(): string {
  return process.env.CXX || 'g++';
}
