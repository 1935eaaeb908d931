import { describe, expect, it } from 'vitest';
import { readColumns } from './read-columns.js';

const read = (text: string, name = 'own.csv') => readColumns(new File([text], name));

describe('readColumns', () => {
  it('finds names, separator and what columns mean', async () => {
    expect(await read('userId,movieId,rating,timestamp\r\n1,2,3,4\r\n')).toEqual({
      names: ['userId', 'movieId', 'rating', 'timestamp'],
      separator: ',',
      guess: { user: 'userId', item: 'movieId', timestamp: 'timestamp' },
    });
    expect(await read('"customer;no";"product ""x""";date\na;b;2020\n')).toEqual({
      names: ['customer;no', 'product "x"', 'date'],
      separator: ';',
      guess: { user: 'customer;no', item: 'product "x"', timestamp: 'date' },
    });
    expect(await read('a\tb\tdate\n1\t2\t3\n', 'own.tsv')).toMatchObject({
      names: ['a', 'b', 'date'],
      guess: { user: 'a', item: 'b', timestamp: 'date' },
    });
  });

  it('refuses a file without columns', async () => {
    const message = 'own.csv: expected a first line that names at least two columns';
    await expect(read('')).rejects.toThrow(`${message}, received “”. Is it a CSV file with a header?`);
    await expect(read('just a text\nof lines\n')).rejects.toThrow(message);
  });
});
