import { describe, expect, it } from 'vitest';
import { ArrayPool } from './array-pool.js';

describe('ArrayPool', () => {
  it('reuses arrays by length', () => {
    const pool = new ArrayPool();
    const [a, b] = [pool.allocate(2000), pool.allocate(3000)];
    pool.recycle(a);
    pool.recycle(b);
    expect(pool.allocate(3000)).toBe(b);
    expect(pool.allocate(2000)).toBe(a);
    expect(pool.allocate(2000)).not.toBe(a);
    expect(pool.made).toBe(3);
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
    const array = pool.allocate(2000);
    expect(pool.takeOut(array)).toBe(array);
    pool.recycle(array);
    expect(pool.allocate(2000)).not.toBe(array);
  });

  it('keeps at most twice the numbers that were in use at one time', () => {
    const pool = new ArrayPool();
    for (let length = 2000; length < 2010; length++) pool.recycle(pool.allocate(length)); // never two at a time
    pool.allocate(2009);
    pool.allocate(2008);
    expect(pool.made).toBe(10);
    pool.allocate(2007); // was freed: three arrays would be more than twice one
    expect(pool.made).toBe(11);
  });
});
