import { describe, expect, it, vi } from 'vitest';
import { ArrayPool } from './array-pool.js';
import { useJavaScriptMemory } from './array-source.js';

/** Counts the lookups in maps while `run` runs. */
function countLookups(run: () => void): number {
  const spy = vi.spyOn(Map.prototype, 'get');
  try {
    run();
    return spy.mock.calls.length;
  } finally {
    spy.mockRestore();
  }
}

describe('ArrayPool', () => {
  it('reuses arrays by length', () => {
    const pool = new ArrayPool();
    const [a, b] = [pool.allocate(2048), pool.allocate(3072)];
    pool.recycle(a);
    pool.recycle(b);
    expect(pool.allocate(3072)).toBe(b);
    expect(pool.allocate(2048)).toBe(a);
    expect(pool.allocate(2048)).not.toBe(a);
    expect(pool.made).toBe(3);
  });

  it('looks for larger memory among sizes that repeat only', () => {
    const made: number[] = [];
    const create = (length: number) => {
      made.push(length);
      return new Float32Array(length);
    };
    const pool = new ArrayPool({ ...useJavaScriptMemory(), create });
    const lookups = countLookups(() => pool.allocate(2 ** 23)); // eight times that would be above the largest size
    expect(made).toEqual([2 ** 23]);
    expect(lookups).toBeLessThan(32);
  });

  it('ignores foreign arrays, views of its own, and small arrays', () => {
    const pool = new ArrayPool();
    const [foreign, small, own] = [new Float32Array(2000), pool.allocate(10), pool.allocate(2000)];
    pool.recycle(foreign);
    pool.recycle(small);
    expect([pool.allocate(2000) === foreign, pool.allocate(10) === small]).toEqual([false, false]);
    pool.recycle(own.subarray(0, 1500));
    expect(pool.allocate(1500).buffer).not.toBe(own.buffer);
  });

  it('does not reuse an array that something outside may keep', () => {
    const pool = new ArrayPool();
    const array = pool.allocate(2048);
    expect(pool.takeOut(array)).toBe(array);
    pool.recycle(array);
    expect(pool.allocate(2048)).not.toBe(array);
  });

  it('keeps at most twice the numbers that were in use at one time', () => {
    const pool = new ArrayPool();
    const sizes = [2048, 2304, 2560, 2816, 3072]; // 2,048 and multiples of an eighth of it
    for (const size of sizes) pool.recycle(pool.allocate(size)); // never two at a time
    expect(pool.made).toBe(5);
    pool.allocate(3072);
    pool.allocate(2816);
    expect(pool.made).toBe(5);
    pool.allocate(2560); // was freed: three arrays would be more than twice one
    expect(pool.made).toBe(6);
  });

  it('takes the smallest free memory that is large enough, up to eight times the size', () => {
    const pool = new ArrayPool();
    const held = [20_480, 8192, 4096, 2048].map((size) => pool.allocate(size));
    held.forEach((array) => void pool.recycle(array));
    expect(pool.allocate(3000).buffer).toBe(held[2]!.buffer);
    expect(pool.allocate(3000).buffer).toBe(held[1]!.buffer);
    expect(pool.allocate(3000).buffer).toBe(held[0]!.buffer);
    const large = pool.allocate(32_768);
    pool.recycle(large);
    expect(pool.allocate(3072).buffer).not.toBe(large.buffer);
  });

  it('finds free memory above 64 MB that is large enough', () => {
    const pool = new ArrayPool();
    const size = 2 ** 24 + 1000;
    const [large, larger] = [pool.allocate(size), pool.allocate(size + 500)];
    pool.recycle(larger);
    pool.recycle(large);
    expect(pool.allocate(size - 10).buffer).toBe(large.buffer);
    const found = pool.allocate(2 ** 22);
    expect(found.buffer).toBe(larger.buffer);
    pool.recycle(found);
    expect(pool.allocate(size + 501).buffer).not.toBe(larger.buffer);
    expect(pool.allocate(size + 500).buffer).toBe(larger.buffer);
  });

  it('serves lengths that differ little from the same memory', () => {
    const pool = new ArrayPool();
    let last: ArrayBufferLike | undefined;
    for (let length = 1921; length <= 2048; length++) {
      const array = pool.allocate(length);
      expect(array.length).toBe(length);
      if (last) expect(array.buffer).toBe(last);
      last = array.buffer;
      pool.recycle(array);
      pool.recycle(array); // once
    }
    expect(pool.made).toBe(1);
    expect(pool.allocate(2000).buffer).not.toBe(pool.allocate(2000).buffer);
  });

  it('rounds up by an eighth at most, and not above 64 MB', () => {
    const pool = new ArrayPool();
    for (const length of [1024, 1025, 1151, 12_345, 1_000_001, 2 ** 24]) {
      const { byteLength } = pool.allocate(length).buffer;
      expect(byteLength).toBeGreaterThanOrEqual(4 * length);
      expect(byteLength).toBeLessThanOrEqual(4.5 * length);
    }
    expect(pool.allocate(2 ** 24 + 1).buffer.byteLength).toBe(4 * (2 ** 24 + 1));
  });

  it('gives something outside an array with a buffer of its own', () => {
    const pool = new ArrayPool();
    const array = pool.allocate(2000).fill(7);
    const taken = pool.takeOut(array);
    expect(taken.buffer.byteLength).toBe(8000);
    pool.recycle(array);
    expect(pool.allocate(2000).buffer).toBe(array.buffer); // it was copied
    expect(taken[1999]).toBe(7);
  });
});
