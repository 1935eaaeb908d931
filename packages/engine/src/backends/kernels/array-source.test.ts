import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadWasm } from '@footlight/kernels/wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ArrayPool } from './array-pool.js';
import { useKernelMemory } from './array-source.js';

type Memory = NonNullable<Awaited<ReturnType<typeof loadWasm>>['memory']>;

describe('arrays in the memory of the kernels', () => {
  let memory: Memory;
  beforeAll(async () => {
    memory = (await loadWasm({ threads: 1, limitBytes: 2 ** 24 })).memory!;
  });
  const create = () => new ArrayPool(useKernelMemory(memory));

  it('are freed with what lives long, and kept for the next step otherwise', () => {
    const pool = create();
    const before = memory.usedBytes;
    const [zeros, array] = [pool.allocateZeros(2003), pool.allocate(2048)];
    expect([zeros.every((value) => value === 0), memory.owns(zeros), memory.owns(array)]).toEqual([true, true, true]);
    pool.recycle(zeros);
    pool.recycle(array);
    expect(memory.usedBytes - before).toBeLessThan(2 * 4 * 2048);
    expect(pool.allocate(2048)).toBe(array);
    pool.recycle(array);
  });

  it('are copied for a tensor, and for whoever may keep them', () => {
    const pool = create();
    const outside = new Float32Array(2003).fill(7);
    const inside = pool.takeIn(outside) as Float32Array;
    expect([memory.owns(inside), inside[2002]]).toEqual([true, 7]);
    const copy = pool.takeOut(inside);
    inside.fill(1);
    expect([copy.buffer instanceof ArrayBuffer, copy[0]]).toEqual([true, 7]);
    const part = pool.takeIn(inside.subarray(5, 7)) as Float32Array;
    inside.fill(2);
    expect(part).toEqual(Float32Array.of(1, 1));
  });

  it('take the place of free ones before memory is out, which is explained, and leave the pool usable', () => {
    const pool = create();
    pool.recycle(pool.allocate(2 ** 21)); // 8 MB of 16
    const large = pool.allocate(3 * 2 ** 20); // 12 MB
    expect(memory.owns(large)).toBe(true);
    expect(() => pool.allocateZeros(2 ** 22)).toThrow(
      expect.objectContaining({
        name: 'RecsysError',
        code: 'out-of-memory',
        message: expect.stringMatching(/^memory of the kernels: expected .* bytes .*free .*, received .*16,777,216/),
      }),
    );
    pool.recycle(large);
    expect(memory.owns(pool.allocateZeros(2 ** 21))).toBe(true);
  });

  it('are freed when nothing refers to them', async () => {
    const pool = create();
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    (() => void pool.allocateZeros(2 ** 20))();
    const before = memory.usedBytes;
    for (let turn = 0; turn < 100 && memory.usedBytes === before; turn++) {
      collectGarbage();
      await setImmediate();
    }
    expect(memory.usedBytes).toBeLessThan(before);
  });
});
