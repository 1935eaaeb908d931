import { describe, expect, it } from 'vitest';
import { ArrayPool } from './array-pool.js';

describe('ArrayPool', () => {
  it('hands out again what it was given, by length', () => {
    const pool = new ArrayPool();
    const [a, b] = [pool.take(2000), pool.take(3000)];
    pool.give(a);
    pool.give(b);
    expect(pool.take(3000)).toBe(b);
    expect(pool.take(2000)).toBe(a);
    expect(pool.take(2000)).not.toBe(a);
    expect(pool.made).toBe(3);
  });

  it('ignores arrays of others, views of its own, and small ones', () => {
    const pool = new ArrayPool();
    const [others, small, own] = [new Float32Array(2000), pool.take(10), pool.take(2000)];
    pool.give(others);
    pool.give(small);
    expect([pool.take(2000) === others, pool.take(10) === small]).toEqual([false, false]);
    pool.give(own.subarray(0, 1500));
    expect(pool.take(1500).buffer).not.toBe(own.buffer);
  });

  it('forgets what it was told to', () => {
    const pool = new ArrayPool();
    const array = pool.take(2000);
    pool.release(array);
    pool.give(array);
    expect(pool.take(2000)).not.toBe(array);
  });

  it('keeps no more than twice what was in use at one time', () => {
    const pool = new ArrayPool();
    for (let length = 2000; length < 2010; length++) pool.give(pool.take(length)); // never two at a time
    pool.take(2009);
    pool.take(2008);
    expect(pool.made).toBe(10);
    pool.take(2007); // was given up: three would be more than twice one
    expect(pool.made).toBe(11);
  });
});
