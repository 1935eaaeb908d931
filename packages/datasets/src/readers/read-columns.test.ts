import { describe, expect, it } from 'vitest';
import { catchMessage } from '../temporary-folder.fixture.js';
import type { ColumnRequest } from './column-types.js';
import { readColumns } from './read-columns.js';
import type { SourceFile } from './source-file.js';

/** A file in chunks of a few bytes, so that lines and fields are split at every position. */
function createFile(text: string, chunkBytes = 7): SourceFile {
  const bytes = new TextEncoder().encode(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.slice(at, at + chunkBytes);
  }
  return { name: 'ratings.csv', bytes: bytes.length, chunks: chunks() };
}

const columns = {
  user: { column: 'userId', kind: 'id' },
  item: { column: 'movieId', kind: 'id' },
  rating: { column: 'rating', kind: 'float32' },
  timestamp: { column: 'timestamp', kind: 'float64' },
} as const;
const HEADER = 'userId,movieId,rating,timestamp\n';

const read = (text: string, requests: Record<string, ColumnRequest> = columns, separator = ',') =>
  readColumns(createFile(text), { separator, columns: requests });
const messageFor = (lines: string, requests?: Record<string, ColumnRequest>): Promise<string> =>
  catchMessage(read(HEADER + lines, requests));

describe('readColumns', () => {
  it('reads numbers into typed arrays', async () => {
    expect(await read(`${HEADER}1,31,2.5,1260759144\n1,1029,3,1260759179.25\n671,0,-0.5,1e9\n`)).toEqual({
      user: Int32Array.of(1, 1, 671),
      item: Int32Array.of(31, 1029, 0),
      rating: Float32Array.of(2.5, 3, -0.5),
      timestamp: Float64Array.of(1260759144, 1260759179.25, 1e9),
    });
  });

  it('accepts Windows line ends, a byte order mark, empty lines and a last line without an end', async () => {
    const unix = await read(`${HEADER}1,2,3,4\n5,6,7,8\n`);
    expect(await read(`\uFEFF${HEADER}1,2,3,4\n\n5,6,7,8`)).toEqual(unix);
    expect(await read(`${HEADER}1,2,3,4\n\n5,6,7,8`.replaceAll('\n', '\r\n'))).toEqual(unix);
  });

  it('selects columns by name or by position and skips the others', async () => {
    const picked = { user: { column: 'timestamp', kind: 'id' }, rating: { column: 1, kind: 'float32' } } as const;
    expect(await read(`${HEADER}x y,2,,4\n,6,z,8\n`, picked)).toEqual({
      user: Int32Array.of(4, 8),
      rating: Float32Array.of(2, 6),
    });
  });

  it('accepts separators of two characters and files without a header', async () => {
    const file = createFile('1::1193::5::978300760\n1::661::3.5::978302109\n');
    const layout = { separator: '::', header: ['userId', 'movieId', 'rating', 'timestamp'], columns };
    expect(await readColumns(file, layout)).toEqual({
      user: Int32Array.of(1, 1),
      item: Int32Array.of(1193, 661),
      rating: Float32Array.of(5, 3.5),
      timestamp: Float64Array.of(978300760, 978302109),
    });
  });

  it('keeps ids above 32 bits exactly, also in a late row', async () => {
    const lines = Array.from({ length: 9001 }, (_, row) => (row === 9000 ? 2 ** 53 - 1 : row));
    const { user } = await read(`id,\n${lines.map((id) => `${id},\n`).join('')}`, {
      user: { column: 'id', kind: 'id' },
    });
    expect(user).toEqual(Float64Array.from(lines));
  });

  it('reads ids that are text, with a code for each', async () => {
    const requests = { user: { column: 'user', kind: 'text-id' }, item: { column: 'item', kind: 'text-id' } } as const;
    expect(await read('user,item\nA1,B00\nÉmile,007\nA1,7\n-,B00\n', requests)).toEqual({
      user: { codes: Int32Array.of(0, 1, 0, 2), texts: ['A1', 'Émile', '-'] },
      item: { codes: Int32Array.of(0, 1, 2, 0), texts: ['B00', '007', '7'] },
    });
  });

  it('reads ISO dates as seconds, in UTC unless they have a time zone', async () => {
    const dates = ['1970-01-02', '1970-01-01T00:00:01Z', '1970-01-01 00:00:02.5', '1970-01-01T01:00:00+01:00'];
    const { time } = await read(`time\n${dates.join('\n')}\n`, { time: { column: 'time', kind: 'date' } });
    expect(time).toEqual(Float64Array.of(86_400, 1, 2.5, 0));
  });

  it('reads decimals to the nearest float', async () => {
    const texts = [
      '0.1',
      '4.35',
      '123456.789012345',
      '0.30000000000000004',
      '1e-3',
      '.5',
      '5.',
      '99999999999999999999',
    ];
    const { value } = await read(`value\n${texts.join('\n')}\n`, { value: { column: 'value', kind: 'float64' } });
    expect(value).toEqual(Float64Array.from(texts, Number));
  });

  it('reads more rows than fit into a block', async () => {
    const count = 20_011;
    const text = `id,time\n${Array.from({ length: count }, (_, row) => `${row},${2 * row}\n`).join('')}`;
    const requests = { user: { column: 'id', kind: 'id' }, time: { column: 'time', kind: 'float64' } } as const;
    for (const chunkBytes of [65_537, 1 << 20]) {
      const { user, time } = await readColumns(createFile(text, chunkBytes), { separator: ',', columns: requests });
      expect(user).toEqual(Int32Array.from({ length: count }, (_, row) => row));
      expect(time).toEqual(Float64Array.from({ length: count }, (_, row) => 2 * row));
    }
  });

  it('accepts a header without rows', async () => {
    expect((await read(HEADER)).user).toEqual(new Int32Array(0));
  });

  it('reads quoted fields, in chunks that end inside of them', async () => {
    const requests = { user: { column: 'user', kind: 'text-id' }, time: { column: 'time', kind: 'float64' } } as const;
    const text = '"user","no\nte","time"\r\n"a, ""b""\nc","x","12"\n"Zoë",y,"1.5e1"\na,"",3\n';
    for (const chunkBytes of [1, 2, 3, 7, 1000])
      expect(await readColumns(createFile(text, chunkBytes), { separator: ',', columns: requests })).toEqual({
        user: { codes: Int32Array.of(0, 1, 2), texts: ['a, "b"\nc', 'Zoë', 'a'] },
        time: Float64Array.of(12, 15, 3),
      });
  });

  it('names a missing column in the error', async () => {
    expect(await catchMessage(read('user,item\n1,2\n'))).toMatchInlineSnapshot(
      `"ratings.csv: expected a column "userId", received the columns user, item. Name one of these, or check the separator."`,
    );
  });

  it('throws for ratings that are not numbers', async () => {
    expect(await messageFor('1,2,3,4\n1,2,NaN,4\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 3, column rating): expected a finite number, received "NaN". Correct the row or remove it."`,
    );
    expect(await messageFor('1,2,,4\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column rating): expected a finite number, received an empty field. Correct the row or remove it."`,
    );
    expect(await messageFor('1,2,Infinity,4\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column rating): expected a finite number, received "Infinity". Correct the row or remove it."`,
    );
  });

  it('throws for ids that are negative, no whole numbers, or too large to be exact', async () => {
    expect(await messageFor('1,2,3,4\n\n-1,2,3,4\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 4, column userId): expected an id (a whole number from 0, or text), received -1. A negative number often stands for a missing id: remove such rows."`,
    );
    expect(await messageFor('1,2.5,3,4\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column movieId): expected a whole number from 0 to 2^53 - 1 as id, received "2.5". Read the column as text."`,
    );
    expect(await messageFor('1,9007199254740993,3,4\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column movieId): expected a whole number from 0 to 2^53 - 1 as id, received "9007199254740993". Read the column as text."`,
    );
    expect(await messageFor('1,007,3,4\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column movieId): expected a whole number from 0 to 2^53 - 1 as id, received "007". Read the column as text."`,
    );
    expect(await messageFor('-17,2,3,4\n', { user: { column: 'userId', kind: 'text-id' } })).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column userId): expected an id (a whole number from 0, or text), received -17. A negative number often stands for a missing id: remove such rows."`,
    );
  });

  it('throws for an empty id', async () => {
    expect(await messageFor(',2,3,4\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column userId): expected an id, received an empty field. Remove the row or give it an id."`,
    );
    expect(await messageFor(',2,3,4\n', { user: { column: 'userId', kind: 'text-id' } })).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column userId): expected an id, received an empty field. Remove the row or give it an id."`,
    );
  });

  it('throws for lines with too few or too many columns', async () => {
    expect(await messageFor('1,2,3,4\n1,2,3\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 3, column rating): expected 4 columns, received 3. Is the line cut off?"`,
    );
    expect(await messageFor('1,2,3,4,5\n')).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column timestamp): expected 4 columns, received more. Is the separator right?"`,
    );
  });

  it('throws for dates in other formats, and for empty files', async () => {
    expect(
      await messageFor('1,2,3,12/31/2020\n', { time: { column: 'timestamp', kind: 'date' } }),
    ).toMatchInlineSnapshot(
      `"ratings.csv (line 2, column timestamp): expected an ISO date, received "12/31/2020". Correct the row, or set times to their unit, e.g. seconds."`,
    );
    expect(await catchMessage(read(''))).toMatchInlineSnapshot(
      `"ratings.csv: expected rows, received an empty file. Is it complete?"`,
    );
  });
});
