import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRng, RecsysError } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { fingerprintInteractions } from '../canonical/fingerprint-interactions.js';
import { table } from '../sources/table.js';
import { createTemporaryFolder, zipFiles } from '../temporary-folder.fixture.js';

/** Flipped bits of each file, spread over its header and its body. */
const flips = process.env['FOOTLIGHT_TEST_SUITE'] === 'all' ? 4000 : 100;

const rng = createRng(1);
const csv = ['user,item', ...Array.from({ length: 200 }, () => `${rng.integer(50)},${rng.integer(90)}`)].join('\n');
const files: readonly (readonly [name: string, content: Uint8Array, hasChecksum: boolean])[] = [
  ['ratings.csv.zip', zipFiles({ 'ratings.csv': csv }), true],
  ['ratings.csv.gz', gzipSync(csv), true],
  ['snappy.parquet', readFileSync(new URL('../../fixtures/snappy.parquet', import.meta.url)), false],
  ['zstd.parquet', readFileSync(new URL('../../fixtures/zstd.parquet', import.meta.url)), false],
];

describe('one flipped bit', () => {
  it.each(files)(
    'in %s is refused in words, or changes nothing where there is a checksum',
    async (name, content, hasChecksum) => {
      const path = join(createTemporaryFolder({ [name]: content }), name);
      const load = async (): Promise<string> =>
        JSON.stringify(fingerprintInteractions(await table({ path, user: 'user', item: 'item' }).load({ rng })));
      const whole = await load();
      let refused = 0;
      for (let flip = 0; flip < flips; flip++) {
        const bit = Math.floor(((flip + 0.5) / flips) * content.length * 8);
        const flipped = Buffer.from(content);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        writeFileSync(path, flipped);
        const outcome = await load().catch((error: unknown) => error);
        if (outcome instanceof RecsysError) refused++;
        else if (typeof outcome !== 'string') throw new Error(`bit ${bit}: ${outcome}`, { cause: outcome });
        else if (hasChecksum && outcome !== whole) throw new Error(`bit ${bit} of ${name} changed the data in silence`);
      }
      expect(refused).toBeGreaterThan(flips / 20);
    },
    120_000,
  );
});
