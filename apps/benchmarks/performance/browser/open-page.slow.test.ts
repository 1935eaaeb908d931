import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchSize } from '../engine/factorization-training.js';
import { type Chromium, hasChromium, openChromium } from './open-page.js';

const rows = 2 * batchSize + 1; // three steps
const createIds = (count: number) => new Uint8Array(Int32Array.from({ length: rows }, (_, row) => row % count).buffer);

describe.skipIf(!hasChromium)('openChromium', () => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await openChromium({ '/users': createIds(50), '/items': createIds(70) });
  }, 60_000);
  afterAll(() => chromium?.close());

  it.each([
    { backend: 'wasm', threads: 2 },
    { backend: 'wasm', threads: 1 },
    { backend: 'wasm-relaxed', threads: 2 },
    { backend: 'tfjs-wasm', threads: 2 },
  ] as const)(
    'measures products and whole epochs: $backend, $threads threads',
    async (settings) => {
      const product = await chromium.open({ ...settings, work: { m: 8, k: 9, n: 10, repeats: 3 } });
      expect((await product.run()).seconds).toBeGreaterThan(0);
      const work = { name: 'BPR, lazy Adam', userCount: 50, itemCount: 70 };
      const epoch = await chromium.open({ ...settings, work });
      expect(epoch).toMatchObject({ steps: 3, allSteps: 3 });
      expect((await epoch.run()).seconds).toBeGreaterThan(0);
    },
    120_000,
  );

  it('measures a part of an epoch that would take too long', async () => {
    const work = { name: 'BPR, lazy Adam', userCount: 50, itemCount: 70, longest: 1e-9 };
    const epoch = await chromium.open({ backend: 'wasm', threads: 1, work });
    expect(epoch).toMatchObject({ steps: 1, allSteps: 3 });
    expect((await epoch.run()).seconds).toBeGreaterThan(0);
  }, 120_000);
});
