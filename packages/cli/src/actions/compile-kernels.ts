import { join } from 'node:path';
import { type OnProgress, RecsysError } from '@footlight/core';
import { acquireLock, type FileLock } from '@footlight/core/lock-file';

export interface CompileKernelsOptions {
  /** Called when the compilation of a file begins. */
  readonly onProgress?: OnProgress;
  /** Called with a sentence when another process compiles, and this one waits for it. */
  readonly onWait?: (message: string) => void;
  /** Ends the compilation, with the compilers that it has started. */
  readonly signal?: AbortSignal;
  /** What compiles and loads the kernels; replaced in tests. */
  readonly kernels?: KernelsPackage;
}

/** The parts of `@footlight/kernels` that are used here. */
export type KernelsPackage = Pick<typeof import('@footlight/kernels'), 'load'> &
  Pick<typeof import('@footlight/kernels/compile'), 'compile' | 'packageFolder'>;

const command = 'footlight doctor --compile';

/**
 * Compiles the C++ kernels of the installed `@footlight/kernels` in the folder of that package, unless kernels that
 * work are there. One process at a time compiles; a second one waits for it.
 *
 * @returns what was done, in a sentence
 * @throws {RecsysError} `install-failed` with what is missing and how to install it, or with the error of the compiler
 */
export async function compileKernels({
  onProgress = () => {},
  onWait,
  signal,
  kernels,
}: CompileKernelsOptions = {}): Promise<string> {
  const { compile, load, packageFolder } = kernels ?? (await importKernels());
  if (load().kernels) return 'C++ kernels that fit are there; nothing was compiled.';
  const lock = await lockFolder(packageFolder, onWait, signal);
  try {
    if (load().kernels) return 'Another process has compiled the C++ kernels.';
    const started = performance.now();
    const failure = await compile({
      onProgress: (done, total) => void onProgress({ label: 'compile', done: done - 1, total, unit: 'steps' }),
      ...(signal && { signal }),
    });
    if (failure) failToCompile(`${failure.reason}. ${failure.remedy}`);
    const { reason } = load();
    if (reason !== undefined) failToCompile(`expected kernels that can be loaded, received: ${reason}.`);
    return `C++ kernels compiled in ${((performance.now() - started) / 1000).toFixed(0)} s, in ${packageFolder}.`;
  } finally {
    await lock.release();
  }
}

async function importKernels(): Promise<KernelsPackage> {
  const [{ load }, { compile, packageFolder }] = await Promise.all([
    import('@footlight/kernels'),
    import('@footlight/kernels/compile'),
  ]);
  return { load, compile, packageFolder };
}

async function lockFolder(
  folder: string,
  onWait: CompileKernelsOptions['onWait'],
  signal: AbortSignal | undefined,
): Promise<FileLock> {
  const options = { what: command, hint: 'This one waits until it ends.', waits: true, onWait, signal };
  try {
    return await acquireLock(join(folder, 'build', 'compile.lock'), options);
  } catch (error) {
    if (!(error instanceof RecsysError) || error.code !== 'write-failed') throw error;
    failToCompile(
      `expected to write to ${folder}, received the error "${(error.cause as Error).message}". Run the command as ` +
        'the owner of the folder, or install footlight and @footlight/kernels in a project of your own.',
      error,
    );
  }
}

function failToCompile(what: string, cause?: unknown): never {
  throw new RecsysError('install-failed', `${command}: ${what}`, { cause });
}
