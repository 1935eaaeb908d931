import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { interactionLists } from '../sources/interaction-lists.js';
import { zipFiles } from '../temporary-folder.fixture.js';
import { loadWithLimits } from './load-with-limits.fixture.js';

describe('the limit of expansion', () => {
  // 70 MiB of equal rows, a thousandth of it when compressed
  const rows = `user,item,text\n${`1,2,${'x'.repeat(1019)}\n`.repeat(70 * 1024)}`;

  it('refuses an archive that holds many times its size, unless the limit is raised', async () => {
    const message = (text: string) => text.replace(/\d+ bytes|\d+ MiB/g, '…');
    const zip = zipFiles({ 'ratings.csv': rows });
    expect(message(await loadWithLimits('ratings.csv.zip', zip))).toMatchInlineSnapshot(
      `"invalid-data: ratings.csv in ratings.csv.zip: expected at most 250 times the … that it has compressed, received more than …. Is the file what it should be? If it is, raise limits.expansion, or unpack it."`,
    );
    expect(message(await loadWithLimits('ratings.csv.gz', gzipSync(rows)))).toMatchInlineSnapshot(
      `"invalid-data: ratings.csv.gz: expected at most 250 times the … that it has compressed, received more than …. Is the file what it should be? If it is, raise limits.expansion, or unpack it."`,
    );
    expect(await loadWithLimits('ratings.csv.zip', zip, { expansion: 2000 })).toBe('71680 rows');
    expect(() => interactionLists({ path: 'a', limits: { expansion: 1 } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: interactionLists(limits.expansion): expected a number above 1, received 1.]`,
    );
  }, 60_000);
});
