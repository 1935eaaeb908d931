import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Kernels } from '@footlight/kernels';
import { describe, expect, it } from 'vitest';
import { createKernels } from '../wasm/kernels.js';
import { startRuntime } from '../wasm/runtime.js';

const entry = fileURLToPath(new URL('../wasm.js', import.meta.url));
const [m, n, k] = [600, 700, 50]; // pieces for all threads

const lost =
  'kernels: expected all threads to finish, but a thread was lost or did not answer any more. ' +
  'The results are incomplete.';

type Arrays = [Float32Array, Float32Array, Float32Array];

function catchError(run: () => void): Error | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

async function start(threads: number) {
  const runtime = await startRuntime({ threads });
  const { memory, exports } = runtime;
  const kernels = createKernels(runtime) as unknown as Kernels;
  const [a, b, c] = [m * k, k * n, m * n].map((length) => memory.allocateFloats(length)) as Arrays;
  a.forEach((_, i) => {
    a[i] = Math.fround(Math.sin(i));
  });
  b.forEach((_, i) => {
    b[i] = Math.fround(Math.cos(i));
  });
  const multiply = (): string => {
    c.fill(0);
    kernels.sgemm({ rows: m, columns: n, inner: k, a, b, out: c });
    return createHash('sha256').update(c.slice()).digest('hex');
  };
  return { ...runtime, kernels, exports: exports as Record<string, (...args: number[]) => number>, multiply, a, b, c };
}

const alone = await start(1);
const expected = alone.multiply();

/** Runs a program in another process and returns its output; it throws if the process does not end well. */
function runProgram(text: string): string {
  const program = `import { loadWasm } from ${JSON.stringify(entry)};\n${text}`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', timeout: 60_000 });
}

const product = `
const { kernels, memory, threads } = await loadWasm({ threads: 3 });
const [a, b, c] = [1, 2, 3].map(() => memory.allocateFloats(512 * 512).fill(1));
kernels.sgemm({ rows: 512, columns: 512, inner: 512, a, b, out: c });
`;
const print = 'console.log(threads, c[0], c[512 * 512 - 1]);';

describe('threads of the WebAssembly build', () => {
  it.each([2, 3, 5])(
    'give the same bytes: %i',
    async (threads) => {
      const shared = await start(threads);
      expect(shared.threads).toBe(threads);
      for (let turn = 0; turn < 20; turn++) expect(shared.multiply()).toEqual(expected);
    },
    60_000,
  );

  it('go on without a worker that was ended between calls', async () => {
    const shared = await start(3);
    await shared.workers[0]!.end();
    for (let turn = 0; turn < 20; turn++) expect(shared.multiply()).toEqual(expected);
    await shared.workers[1]!.end();
    expect(shared.multiply()).toEqual(expected);
  }, 60_000);

  it('answer with an error when pieces trap, and go on', async () => {
    const shared = await start(3);
    const { exports, memory, recover } = shared;
    const beyond = 2 ** 32 - 2 ** 20;
    shared.multiply(); // it brings memory to work in
    for (let turn = 0; turn < 5; turn++) {
      expect(() => exports.sgemm!(0, 0, m, n, k, beyond, shared.b.byteOffset, shared.c.byteOffset, 0, 0)).toThrow();
      recover();
      expect(shared.multiply()).toEqual(expected);
    }
    expect(memory.usedBytes).toBeGreaterThan(0);
  }, 60_000);

  it('notice at once that workers were killed during their pieces, and go on without them', async () => {
    // Pieces that take much longer than the caller's first look at the workers.
    const [size, inner] = [800, 20_000];
    /** Kills the workers while the caller waits for them. @returns the error of the call, if it noticed */
    const provoke = async () => {
      const { workers, kernels, memory, exports } = await start(Math.min(33, 2 * availableParallelism() + 1));
      exports.set_patience!(1e9); // else it ends the wait
      for (const worker of workers) {
        const { isAlive, end } = worker;
        worker.isAlive = () => {
          const alive = isAlive();
          void end(); // the caller asks while it waits
          return alive;
        };
      }
      const [a, b] = [1, 1].map((value) => memory.allocateFloats(size * inner).fill(value)) as [
        Float32Array,
        Float32Array,
      ];
      const out = memory.allocateFloats(size * size);
      const multiply = () => kernels.sgemm({ rows: size, columns: size, inner, a, b, out });
      const error = catchError(multiply);
      if (error !== undefined) multiply(); // without an error, it may meet workers that are killed only now
      expect(new Set(out)).toEqual(new Set([inner]));
      return error;
    };
    let error: Error | undefined;
    while (error === undefined) error = await provoke();
    expect(error.message).toBe(lost);
  }, 300_000);

  it('know which workers are alive', async () => {
    const { workers } = await start(3);
    await workers[0]!.end();
    expect(workers.map(({ isAlive }) => isAlive())).toEqual([false, true]);
  }, 60_000);

  it('answer with an error when a worker does not answer, and the caller does all work from then on', async () => {
    const shared = await start(2);
    shared.exports.set_patience!(-1e9); // no time at all
    const calls = 2000; // until the caller is done before the worker, and waits
    const waited = Array.from({ length: calls }).some(() => {
      if (shared.exports.is_alone!()) return true;
      try {
        shared.multiply();
        return false;
      } catch (error) {
        expect((error as Error).message).toMatch(lost);
        return true;
      }
    });
    expect(waited).toBe(true);
    expect(shared.exports.is_alone!()).toBe(1);
    expect(shared.workers).toEqual([]);
    expect(shared.multiply()).toEqual(expected);
  }, 120_000);

  it('do not keep a process alive', () => {
    expect(runProgram(product + print)).toBe('3 512 512\n');
  }, 60_000);

  it('end with a process that exits, and with a worker that is ended', async () => {
    expect(runProgram(`${product} ${print} process.exit(0);`)).toBe('3 512 512\n');
    const worker = new Worker(
      `import(${JSON.stringify(entry)}).then(async ({ loadWasm }) => {
        ${product}
        require('node:worker_threads').parentPort.postMessage(c[7]);
        for (;;) kernels.sgemm({ rows: 512, columns: 512, inner: 512, a, b, out: c });
      });`,
      { eval: true },
    );
    expect(await new Promise((resolve) => worker.once('message', resolve))).toBe(512);
    expect(await worker.terminate()).toBe(1);
  }, 60_000);

  it('do without workers where they cannot be started', () => {
    const program = fileURLToPath(new URL('wasm-without-workers.mjs', import.meta.url));
    const flag = ['--permission', '--experimental-permission'].find((each) =>
      process.allowedNodeEnvironmentFlags.has(each),
    );
    const flags = [flag!, '--allow-fs-read=*', '--no-warnings'];
    expect(execFileSync(process.execPath, [...flags, program], { encoding: 'utf8' })).toBe('1 512\n');
  }, 60_000);
});
