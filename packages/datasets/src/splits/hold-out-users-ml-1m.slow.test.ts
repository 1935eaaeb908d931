import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { minimumCounts } from '../filters/minimum-counts.js';
import { minimumRating } from '../filters/minimum-rating.js';
import { selectRows } from '../select-rows.js';
import { movielens } from '../sources/movielens.js';
import type { Interactions } from '../types.js';
import { holdOutUsers } from './hold-out-users.js';

const missing = !existsSync(join(process.env['FOOTLIGHT_DATA'] ?? '', 'ml-1m.zip'));

/** numpy: tooling/fixtures/hold_out_users.py. */
const numpy = JSON.parse(
  readFileSync(new URL('../../fixtures/hold-out-users-ml-1m.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;

function summarize({ users, items }: Interactions) {
  const sum = (column: Int32Array) =>
    createHash('sha256')
      .update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
      .digest('hex');
  return { rows: users.length, users: sum(users), items: sum(items) };
}

/** Sorts by user, then by item; dense ids of this source have the order of its original ids. */
function sortRows(all: Interactions): Interactions {
  const rows = Int32Array.from(all.users, (_, row) => row);
  return selectRows(
    all,
    rows.sort((one, other) => all.users[one]! - all.users[other]! || all.items[one]! - all.items[other]!),
  );
}

describe.skipIf(missing)(
  `holdOutUsers of MovieLens 1M${missing ? ' (skipped: no ml-1m.zip in FOOTLIGHT_DATA)' : ''}`,
  () => {
    it('equals the split of numpy, row by row', { timeout: 60_000 }, async () => {
      const all = sortRows(await movielens('1m').load({ rng: createRng(1) }));
      const liked = minimumRating({ rating: 3.5, inclusive: false }).apply(all);
      const kept = minimumCounts({ users: 5, items: 0, mode: 'items-then-users' }).apply(liked);
      const { train, validation, test } = holdOutUsers({
        validation: 0.1,
        test: 0.1,
        order: 'source',
        rounding: 'truncate',
      }).split(kept, createRng(1));
      expect({
        users: train.catalogue.userCount,
        items: train.catalogue.itemCount,
        train: summarize(train),
        validation: { history: summarize(validation!.history), targets: summarize(validation!.targets) },
        test: { history: summarize(test.history), targets: summarize(test.targets) },
      }).toEqual(numpy);
    });
  },
);
