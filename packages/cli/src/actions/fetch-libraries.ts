import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { RecsysError } from '@footlight/core';
import { failToInstall, type Run } from './run-program.js';

/** A file of PyPI with its published checksum. */
export interface Wheel {
  readonly name: string;
  readonly sha256: string;
}

/** Version of TensorFlow. */
export const version = '2.21.0';

/** The libraries do not depend on the version of Python that the file is for, so one serves all. */
export const publishedWheel: Wheel = {
  name: `tensorflow_cpu-${version}-cp311-cp311-manylinux_2_27_x86_64.whl`,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
};

/** The same libraries with CUDA. */
export const publishedGpuWheel: Wheel = {
  name: `tensorflow-${version}-cp313-cp313-manylinux_2_27_x86_64.whl`,
  sha256: 'e9d8da8dcab9650efb45f032ba70af2f016f907e6e0c6bda29dd101bba945406',
};

export function getLibraryFolder(folder: string, version: string): string {
  return join(folder, `tensorflow-${version}`);
}

/** Unpacks the two libraries and the headers from the wheel, under a temporary name until they are complete. */
export async function fetchLibraries(
  folder: string,
  { name, sha256 }: Wheel,
  target: string,
  { onStep, run }: { readonly onStep: (step: string) => void; readonly run: Run },
): Promise<void> {
  const wheels = join(folder, 'wheel');
  await rm(wheels, { recursive: true, force: true });
  await mkdir(wheels, { mode: 0o700 });
  const [distribution, , python, abi, platform] = name.replace('.whl', '').split('-');
  const project = distribution!.replaceAll('_', '-');
  onStep(`pip: ${project} ${version}, about ${project === 'tensorflow-cpu' ? 270 : 570} MB`);
  const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--dest', wheels];
  const built = [
    '--implementation',
    'cp',
    '--python-version',
    python!.slice(2),
    '--abi',
    abi!,
    '--platform',
    platform!,
  ];
  await run('python3', ['-m', 'pip', 'download', ...options, ...built, `${project}==${version}`]);
  const received = await readdir(wheels);
  if (received.length !== 1 || received[0] !== name)
    failToInstall(`expected ${name} from pip, received ${received.join(', ') || 'no file'}.`);
  await assertChecksum(join(wheels, name), name, sha256);
  onStep('unpack: libraries and headers');
  const partial = `${target}.part`;
  await rm(partial, { recursive: true, force: true });
  await run('python3', ['-c', unpack, join(wheels, name), partial]);
  await rm(target, { recursive: true, force: true }); // an earlier installation has no headers left
  await rename(join(partial, 'tensorflow'), target);
  await rm(partial, { recursive: true, force: true });
  await rm(wheels, { recursive: true, force: true });
}

/** Deletes a file whose checksum is not the published one. */
async function assertChecksum(path: string, name: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const received = hash.digest('hex');
  if (received === expected) return;
  await rm(path, { force: true });
  throw new RecsysError(
    'wrong-checksum',
    `footlight doctor --install-tensorflow: expected ${name} with the SHA-256 ${expected} that PyPI publishes, ` +
      `received ${received}. It was deleted and nothing of it was run. Check the index that pip uses, and try again.`,
  );
}

/** Python script that unpacks only the libraries and headers, a third of the wheel. */
const unpack = `
import sys, zipfile
wheel, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    names = [n for n in archive.namelist() if n.startswith(('tensorflow/include/', 'tensorflow/libtensorflow'))]
    archive.extractall(target, names)
`;
