import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { selectRows } from '../select-rows.js';
import { countingSequences } from '../sources/counting-sequences.js';
import { movielens } from '../sources/movielens.js';
import { fingerprintInteractions } from './fingerprint-interactions.js';

// Protocols of stored results hold these; another value would make other data of the same ones.

describe('fingerprints that results carry', () => {
  it('stay for MovieLens latest-small, whose rows are shuffled or not', async () => {
    const all = await movielens('latest-small').load({ rng: createRng(1) });
    const fingerprint = '189ecdc4bded86396382b281e69a4321';
    const catalogueFingerprint = '1bb439de113992d73d4464a548dc398f';
    expect(fingerprintInteractions(all)).toMatchObject({ fingerprint, catalogueFingerprint });
    const order = createRng(2).shuffle(Int32Array.from(all.users.keys()));
    const shuffled = fingerprintInteractions(selectRows(all, order));
    expect(shuffled).toMatchObject({ fingerprint, catalogueFingerprint });
    expect(shuffled.orderFingerprint).toBeDefined();
  }, 60_000);

  it('stay for the counting sequences of the talk', async () => {
    const all = await countingSequences({ users: 1247, length: 20 }).load({ rng: createRng(1) });
    expect(fingerprintInteractions(all)).toEqual({
      fingerprint: 'f151fa6646984e0291b9aafbb8f06196',
      catalogueFingerprint: '0216a3673e9f3227c9717a32a35457c1',
    });
  }, 60_000);
});
