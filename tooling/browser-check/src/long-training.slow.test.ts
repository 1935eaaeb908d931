import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LongResult } from './long/page.fixture.js';
import { executablePath, type Site } from './open-site.js';
import { openTrainingSite } from './open-training-site.js';

describe.skipIf(!executablePath)('a long training in a tab', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openTrainingSite();
  }, 60_000);
  afterAll(() => site?.close());

  it.each(['page', 'worker'] as const)(
    'neither fills the memory nor stops the page: in the %s',
    async (place) => {
      const page = await site.open('/dist/page.html');
      const { losses, memory, gaps, ...result } = await page.evaluate(
        (where) => (globalThis as never as { run(place: string): Promise<LongResult> }).run(where),
        place,
      );
      await page.close();
      const answers = [0.5, 0.99, 1].map((share) => gaps[Math.floor(share * (gaps.length - 1))]!);
      console.log({ place, ...result, memory, answersInMilliseconds: answers }); // median, 99 %, longest
      expect(losses[1]).toBeLessThan(losses[0]!);
      const [early, late] = memory;
      expect([late!.tensors, late!.tensorBytes]).toEqual([early!.tensors, early!.tensorBytes]);
      expect(late!.heapBytes).toBeLessThan(early!.heapBytes + 2e7); // what is collected, and when, varies
      expect(gaps.length).toBeGreaterThan(5 * result.seconds); // the page had many turns, on a busy machine too
    },
    600_000,
  );
});
