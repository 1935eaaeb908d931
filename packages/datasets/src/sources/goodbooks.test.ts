import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTemporaryFolder, loadFrom, zipFiles } from '../temporary-folder.fixture.js';
import { goodbooks } from './goodbooks.js';

const ratings = 'user_id,book_id,rating\n3,2,5\n1,7,4\n3,7,1\n';
const books =
  'book_id,goodreads_book_id,authors,title\n' +
  '2,77,"Rowling, J.K.","Harry ""Potter"", 1"\n7,2,Lee,Mockingbird\n9,1,,Unread\n';
const expected = {
  catalogue: {
    userCount: 2,
    itemCount: 2,
    userIds: Int32Array.of(1, 3),
    itemIds: Int32Array.of(2, 7),
    itemTitles: ['Harry "Potter", 1', 'Mockingbird'],
  },
  users: Int32Array.of(1, 0, 1),
  items: Int32Array.of(0, 1, 1),
  ratings: Float32Array.of(5, 4, 1),
  timestamps: Float64Array.of(0, 1, 2),
};

describe('goodbooks', () => {
  it('reads the archive', async () => {
    const folder = createTemporaryFolder({
      'goodbooks-10k.zip': zipFiles({ 'ratings.csv': ratings, 'books.csv': books }),
    });
    expect(await goodbooks().load(loadFrom(folder))).toEqual(expected);
  });

  it('reads a checkout, and the column names of the first edition', async () => {
    const folder = createTemporaryFolder();
    mkdirSync(join(folder, 'goodbooks-10k'));
    writeFileSync(join(folder, 'goodbooks-10k', 'ratings.csv'), ratings);
    writeFileSync(join(folder, 'goodbooks-10k', 'books.csv'), books.replace('book_id,goodreads_book_id', 'id,book_id'));
    expect(await goodbooks().load(loadFrom(folder))).toEqual(expected);
  });

  it('keeps the original numbers, as Spotlight does', async () => {
    const folder = createTemporaryFolder({
      'goodbooks-10k.zip': zipFiles({ 'ratings.csv': ratings, 'books.csv': books }),
    });
    const { catalogue, users, items } = await goodbooks({ numbering: 'spotlight' }).load(loadFrom(folder));
    expect([catalogue.userCount, catalogue.itemCount]).toEqual([4, 8]);
    expect([users, items]).toEqual([Int32Array.of(3, 1, 3), Int32Array.of(2, 7, 7)]);
    expect(catalogue.itemTitles!.slice(6)).toEqual(['', 'Mockingbird']);
  });
});
