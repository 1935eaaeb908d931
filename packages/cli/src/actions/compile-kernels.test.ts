import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kernels } from '@footlight/kernels';
import type { CompileFailure, CompileOptions } from '@footlight/kernels/compile';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileKernels, type KernelsPackage } from './compile-kernels.js';

let packageFolder: string;
beforeEach(() => {
  packageFolder = mkdtempSync(join(tmpdir(), 'footlight-kernels-'));
});
afterEach(() => rmSync(packageFolder, { recursive: true }));

const describeError = (error: Error): string => error.message.replaceAll(packageFolder, '<folder>');

/** A package whose binary is an empty file that `compile` writes. */
function createPackage(compile?: (options: CompileOptions) => Promise<CompileFailure | undefined>): KernelsPackage {
  const binary = join(packageFolder, 'footlight.node');
  return {
    packageFolder,
    load: () => (existsSync(binary) ? { kernels: {} as Kernels } : { reason: 'no C++ kernels for plan9-mips' }),
    async compile(options = {}) {
      const failure = await compile?.(options);
      if (!failure) writeFileSync(binary, '');
      return failure;
    },
  };
}

describe('compileKernels', () => {
  it('compiles once, shows progress, and leaves no lock', async () => {
    const progress: number[] = [];
    const kernels = createPackage(async ({ onProgress }) => {
      for (const begun of [1, 2, 3]) onProgress!(begun, 3);
      return undefined;
    });
    const onProgress = ({ done }: { readonly done: number }): void => void progress.push(done);
    const done = await compileKernels({ kernels, onProgress });
    expect(done.replace(packageFolder, '<folder>')).toBe('C++ kernels compiled in 0 s, in <folder>.');
    expect(progress).toEqual([0, 1, 2]); // files that are complete when the next one begins
    expect(await compileKernels({ kernels })).toBe('C++ kernels that fit are there; nothing was compiled.');
    expect(progress).toHaveLength(3);
    expect(readdirSync(join(packageFolder, 'build'))).toEqual([]);
  });

  it('says why it failed and what to do', async () => {
    const failure = {
      reason: 'expected make and Python (python3), found none',
      remedy: 'Install them with: apk add g++ make python3.',
    };
    const kernels = createPackage(async () => failure);
    const error = await compileKernels({ kernels }).catch((error: Error) => error);
    expect(error).toMatchObject({ code: 'install-failed' });
    expect(error).toMatchInlineSnapshot(
      `[RecsysError: footlight doctor --compile: expected make and Python (python3), found none. Install them with: apk add g++ make python3.]`,
    );
    expect(readdirSync(join(packageFolder, 'build'))).toEqual([]);
  });

  it('says that what was compiled does not load', async () => {
    const kernels = { ...createPackage(), load: () => ({ reason: 'symbol not found' }) };
    await expect(compileKernels({ kernels })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight doctor --compile: expected kernels that can be loaded, received: symbol not found.]`,
    );
  });

  it('waits for a process that compiles, and then has nothing to do', async () => {
    let finish = (): void => {};
    const finished = new Promise<undefined>((resolve) => {
      finish = () => resolve(undefined);
    });
    let compilations = 0;
    const kernels = createPackage(() => {
      compilations++;
      return finished;
    });
    const first = compileKernels({ kernels });
    while (compilations === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const sentences: string[] = [];
    const second = compileKernels({
      kernels,
      onWait(message) {
        sentences.push(message.replace(/process \d+/, 'process 7').replace(/\d{4}-.*UTC/, '<time>'));
        finish();
      },
    });
    expect(await first).toMatch(/^C\+\+ kernels compiled/);
    expect(await second).toBe('Another process has compiled the C++ kernels.');
    expect(compilations).toBe(1);
    expect(sentences).toMatchInlineSnapshot(`
      [
        "footlight doctor --compile: expected no other run of it, received process 7, at work since <time>. This one waits until it ends.",
      ]
    `);
  });

  it('ends a compilation that is interrupted, without a lock left', async () => {
    const interruption = new AbortController();
    const kernels = createPackage(async ({ signal }) => {
      interruption.abort(new Error('interrupted'));
      signal!.throwIfAborted();
      return undefined;
    });
    await expect(compileKernels({ kernels, signal: interruption.signal })).rejects.toThrow('interrupted');
    expect(readdirSync(join(packageFolder, 'build'))).toEqual([]);
  });

  it('explains that the folder cannot be written to', async () => {
    writeFileSync(join(packageFolder, 'build'), 'no folder'); // root may write to every folder
    const error = await compileKernels({ kernels: createPackage() }).catch((error: Error) => error);
    expect(error).toMatchObject({ code: 'install-failed' });
    const message = describeError(error as Error);
    expect(message).toMatch(/^footlight doctor --compile: expected to write to <folder>, received the error "E\w+: /);
    expect(message).toContain('Run the command as the owner of the folder, or install footlight');
  });
});
