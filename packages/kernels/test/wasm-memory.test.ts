import { describe, expect, it, vi } from 'vitest';
import { Heap } from '../wasm/heap.js';
import { loadWasm } from '../wasm.js';

vi.setConfig({ testTimeout: 60_000 }); // memory is slow where many share a machine

async function load(options: { threads: number; limitBytes?: number }) {
  const loaded = await loadWasm(options);
  if (loaded.reason !== undefined) throw new Error(loaded.reason);
  return loaded;
}

function catchError(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected an error');
}

describe.each([1, 2])('memory of the WebAssembly build, threads: %i', (threads) => {
  it('allocates arrays of each type, at the start of a cache line', async () => {
    const { memory } = await load({ threads, limitBytes: 2 ** 24 });
    const arrays = [
      memory.allocateFloats(3),
      memory.allocateInts(5),
      memory.allocateBytes(7),
      memory.allocateFloats(0),
    ];
    expect(arrays.map((array) => [array.constructor.name, array.length])).toEqual([
      ['Float32Array', 3],
      ['Int32Array', 5],
      ['Uint8Array', 7],
      ['Float32Array', 0],
    ]);
    for (const array of arrays) {
      expect(array.byteOffset % 64).toBe(0);
      expect(memory.owns(array.subarray(1))).toBe(true);
    }
    expect(memory.owns(new Float32Array(3))).toBe(false);
    expect(memory.usedBytes).toBe(4 * 64);
    for (const array of arrays) memory.release(array);
    expect(memory.usedBytes).toBe(0);
  });

  it('ignores what is not an array of its own, also one that was released before', async () => {
    const { memory } = await load({ threads, limitBytes: 2 ** 24 });
    const first = memory.allocateFloats(1000);
    memory.release(new Float32Array(7));
    memory.release(first.subarray(0));
    expect(memory.usedBytes).toBeGreaterThan(0);
    memory.release(first);
    const second = memory.allocateFloats(1000);
    expect(second.byteOffset).toBe(first.byteOffset);
    memory.release(first);
    expect(memory.allocateFloats(1000).byteOffset).not.toBe(second.byteOffset);
  });

  it('says what does not fit, and goes on', async () => {
    const { memory } = await load({ threads, limitBytes: 2 ** 20 });
    expect(memory.limitBytes).toBe(2 ** 20);
    const half = memory.allocateBytes(2 ** 19);
    const error = catchError(() => memory.allocateFloats(2 ** 18));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe(
      'memory of the kernels: expected at most the 524,288 bytes that are free of 1,048,576, received a request for ' +
        '1,048,576 in one piece. Use smaller tables or batches, or the backend `native`, whose memory is that of the ' +
        'machine.',
    );
    expect(memory.allocateBytes(2 ** 19)).toHaveLength(2 ** 19);
    memory.release(half);
    expect(memory.allocateBytes(2 ** 19)).toHaveLength(2 ** 19);
    for (const length of [-1, 0.5, Number.NaN, 2 ** 53, 2 ** 40, 2 ** 32])
      expect(
        catchError(() => memory.allocateBytes(length)),
        `${length}`,
      ).toBeInstanceOf(RangeError);
  });

  it('keeps arrays valid while it grows', async () => {
    const { memory, kernels } = await load({ threads, limitBytes: 2 ** 30 });
    const held: Float32Array[] = [];
    for (let i = 0; i < 12; i++) held.push(memory.allocateFloats(2 ** 22).fill(i));
    held.forEach((array, i) => {
      expect([array[0], array[2 ** 22 - 1], memory.owns(array)]).toEqual([i, i, true]);
    });
    const sum = memory.allocateFloats(1);
    kernels.sgemm({
      rows: 1,
      columns: 1,
      inner: 2 ** 10,
      a: held[1]!.subarray(0, 2 ** 10),
      b: held[11]!.subarray(0, 2 ** 10),
      out: sum,
    });
    expect(sum[0]).toBe(11 * 2 ** 10);
  });

  it('has addresses above 2 GiB', async () => {
    const { memory, kernels } = await load({ threads });
    if (memory.limitBytes < 3.5 * 2 ** 30) return; // the system reserves less
    const low = memory.allocateBytes(3 * 2 ** 30); // of which no page is touched
    const [a, b, c] = [1, 2, 3].map((value) => memory.allocateFloats(256 * 256).fill(value));
    expect(a!.byteOffset).toBeGreaterThan(3 * 2 ** 30);
    kernels.sgemm({ transposeB: true, rows: 256, columns: 256, inner: 256, a: a!, b: b!, out: c! });
    expect(new Set(c)).toEqual(new Set([512]));
    memory.release(low);
    expect(memory.usedBytes).toBeLessThan(2 ** 27);
  });
});

describe('options of loadWasm', () => {
  it.each([{ threads: 0 }, { threads: 1.5 }, { limitBytes: -1 }, { limitBytes: Number.NaN }])(
    'refuses %o',
    async (options) => {
      const [[name, value]] = Object.entries(options) as [[string, number]];
      await expect(loadWasm(options)).rejects.toThrow(
        `loadWasm: expected ${name} to be a whole number from 1 on, received ${value}.`,
      );
    },
  );
});

describe('heap', () => {
  it('never hands out a byte twice, and merges what is freed', () => {
    const heap = new Heap(100, 2 ** 24, () => 0);
    const used = new Map<number, number>();
    let state = 7;
    const draw = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let turn = 0; turn < 20_000; turn++) {
      const bytes = draw(2 ** draw(20));
      const address: number | undefined = draw(2) ? heap.allocate(bytes) : undefined;
      if (address !== undefined) used.set(address, Math.max(bytes, 1));
      else if (used.size > 0) {
        const [first] = [...used.keys()].slice(draw(used.size));
        heap.free(first!);
        used.delete(first!);
      }
      if (turn % 500 > 0) continue;
      let end = 100;
      for (const [start, size] of [...used].sort(([x], [y]) => x - y)) {
        expect(start).toBeGreaterThanOrEqual(end);
        end = start + size;
      }
      expect(end).toBeLessThanOrEqual(2 ** 24);
    }
    for (const address of used.keys()) heap.free(address);
    expect(heap.usedBytes).toBe(0);
    expect(heap.allocate(2 ** 24 - 256)).toBe(128);
  });

  it('grows by what is missing at its end', () => {
    const grown: number[] = [];
    const heap = new Heap(0, 640, (bytes: number) => {
      grown.push(bytes);
      return bytes;
    });
    expect([heap.allocate(128), heap.allocate(1024), heap.allocate(64)]).toEqual([0, 128, 1152]);
    expect(grown).toEqual([512, 64]);
  });
});
