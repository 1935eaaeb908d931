import { expect, it } from 'vitest';
import { load } from '../sources/table.fixture.js';

/** What a file on disk is read in. */
const CHUNK_BYTES = 1 << 20;

it('finds the kind of line end where the first row ends with the first piece of the file', async () => {
  const header = 'user,item,stars,time,'.padEnd(CHUNK_BYTES - 1, 'x');
  for (const end of ['\r\n', '\r', '\n']) {
    const lines = [header, '1,2,3,1546300800,x', '4,5,2,1546300800,y'];
    const { users, ratings } = await load('log.csv', lines.map((line) => line + end).join(''));
    expect([users.length, [...ratings!]]).toEqual([2, [3, 2]]);
  }
});
