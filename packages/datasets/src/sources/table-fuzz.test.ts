import { createRng, RecsysError, type Rng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { load } from './table.fixture.js';
import type { TableOptions } from './table.js';

// Bytes of valid files are changed, removed and doubled. The outcome is a table whose columns have equal length, or a
// sentence that names the file and, for faults in rows, the place: never a raw error of Node or of a library.

const rows = Array.from({ length: 40 }, (_, row) => [
  `u${row % 7}`,
  `${row % 5}`,
  `${row % 6}.5`,
  `${1546300800 + row}`,
]);
const header = ['user', 'item', 'stars', 'time'];
const csv = [header, ...rows].map((fields) => `${fields.join(',')}\n`).join('');
const quoted = [header, ...rows].map((fields) => `${fields.map((text) => `"${text}"`).join(',')}\r\n`).join('');
const json = rows
  .map(([user, item, stars, time]) => `{"user":"${user}","item":${item},"stars":${stars},"time":${time}}\n`)
  .join('');
const files: Record<string, string> = {
  'log.csv': csv,
  'quoted.csv': quoted,
  'log.tsv': csv.replaceAll(',', '\t'),
  'log.jsonl': json,
};
const strange = [0, 9, 10, 13, 34, 44, 45, 46, 48, 92, 101, 123, 233, 255];

function damage(bytes: Uint8Array, rng: Rng): Uint8Array {
  const at = rng.integer(bytes.length);
  const byte = strange[rng.integer(strange.length)]!;
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  return [
    () => Buffer.concat([before, Uint8Array.of(byte), after.subarray(1)]),
    () => Buffer.concat([before, Uint8Array.of(byte), after]),
    () => Buffer.concat([before, after.subarray(1 + rng.integer(9))]),
    () => Buffer.concat([before, after.subarray(0, 11), after]),
    () => before,
  ][rng.integer(5)]!();
}

describe('table, damaged bytes', () => {
  it.each(Object.keys(files))('gives a table or a sentence for %s', async (name) => {
    const rng = createRng(name);
    const whole = Buffer.from(files[name]!);
    for (let round = 0; round < 60; round++) {
      let bytes: Uint8Array = whole;
      for (let times = 1 + rng.integer(2); times > 0; times--) bytes = damage(bytes, rng);
      const outcome = await load(name, bytes, {} as Partial<TableOptions>).catch((error: Error) => error);
      const text = JSON.stringify(Buffer.from(bytes).toString('latin1'));
      if (outcome instanceof Error) {
        expect(outcome, text).toBeInstanceOf(RecsysError);
        expect(outcome.message, text).toMatch(/^[a-z]+\.[a-z]+(:| \((line|row) \d+)/);
        continue;
      }
      const { users, items, ratings, timestamps, catalogue } = outcome;
      for (const column of [items, ratings!, timestamps!]) expect(column, text).toHaveLength(users.length);
      // As many rows as the file has lines; a line end that is added inside of a row is an error.
      const lines = Buffer.from(bytes)
        .toString('latin1')
        .split(/\r?\n/)
        .filter((line) => line !== '').length;
      if (name !== 'quoted.csv') expect(users, text).toHaveLength(name === 'log.jsonl' ? lines : lines - 1);
      expect(ratings!.every(Number.isFinite), text).toBe(true);
      expect(
        Array.from(catalogue.userIds as ArrayLike<string | number>).every((id) => String(id).trim() !== ''),
        text,
      ).toBe(true);
    }
  });
});
