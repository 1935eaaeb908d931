import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { resolveArchiveDirectory } from '../readers/archive-directory.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import { type AmazonReviewsOptions, amazonReviews } from './amazon-reviews.js';

const reviews = [
  ['A2IBPI20UZIR0U', '1384719342', 5, 1393545600],
  ['A14VAT5EAX3D9S', '1384719342', 4, 1363392000],
  ['A2IBPI20UZIR0U', 'B00004Y2UT', 2, 1377648000],
] as const;

const jsonLines = gzipSync(
  reviews
    .map(([reviewerID, asin, overall, unixReviewTime]) =>
      JSON.stringify({
        reviewerID,
        asin,
        reviewerName: 'Über "us"',
        helpful: [0, 0],
        reviewText: 'Good,\nbad',
        overall,
        unixReviewTime,
      }),
    )
    .join('\n'),
);
const userFirst = reviews.map(([user, item, rating, time]) => `${user},${item},${rating}.0,${time}\n`).join('');
const itemFirst = reviews.map(([user, item, rating, time]) => `${item},${user},${rating}.0,${time}\n`).join('');

describe('amazonReviews', () => {
  it.each<[string, Uint8Array | string, AmazonReviewsOptions]>([
    ['reviews_Musical_Instruments_5.json.gz', jsonLines, {}],
    ['ratings_Musical_Instruments.csv', userFirst, { content: 'ratings' }],
    ['Musical_Instruments_5.json.gz', jsonLines, { edition: 2018 }],
    ['Musical_Instruments.csv', itemFirst, { content: 'ratings', edition: 2018 }],
  ])('reads %s', async (fileName, content, options) => {
    const folder = createTemporaryFolder({ [fileName]: content });
    expect(await amazonReviews('Musical_Instruments', options).load(loadFrom(folder))).toEqual({
      catalogue: {
        userCount: 2,
        itemCount: 2,
        userIds: ['A14VAT5EAX3D9S', 'A2IBPI20UZIR0U'],
        itemIds: ['1384719342', 'B00004Y2UT'],
      },
      users: Int32Array.of(1, 0, 1),
      items: Int32Array.of(0, 0, 1),
      ratings: Float32Array.of(5, 4, 2),
      timestamps: Float64Array.of(1393545600, 1363392000, 1377648000),
    });
  });

  it('throws for a file that is cut off', async () => {
    const folder = createTemporaryFolder({ 'reviews_Baby_5.json.gz': jsonLines.subarray(0, 100) });
    await expect(amazonReviews('Baby').load(loadFrom(folder))).rejects.toMatchObject({ code: 'damaged-archive' });
  });

  it('throws for a category that cannot be part of a file name', () => {
    expect(() => amazonReviews('Movies & TV')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: amazonReviews(category): expected a category as in the names of the files, received "Movies & TV". For example Movies_and_TV.]`,
    );
  });

  it('names a line that is no JSON in the error', async () => {
    const folder = createTemporaryFolder({ 'reviews_Baby_5.json.gz': gzipSync("{'reviewerID': 'A1'}\n") });
    expect(await catchMessage(amazonReviews('Baby').load(loadFrom(folder)), folder)).toMatchInlineSnapshot(
      `"reviews_Baby_5.json.gz (line 1): expected a JSON object, received {'reviewerID': 'A1'}. Is it JSON lines, with one object per line?"`,
    );
  });

  /** Skipped if FOOTLIGHT_DATA has no such file. */
  it.skipIf(!existsSync(join(resolveArchiveDirectory(), 'reviews_Musical_Instruments_5.json.gz')))(
    'has the published counts of Musical Instruments',
    async () => {
      const { users, catalogue } = await amazonReviews('Musical_Instruments').load(loadFrom(resolveArchiveDirectory()));
      expect([users.length, catalogue.userCount, catalogue.itemCount]).toEqual([10_261, 1_429, 900]);
    },
  );
});
