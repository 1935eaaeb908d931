import { RecsysError } from '@footlight/core';
import { readLines, type SourceFile } from '../readers/source-file.js';

/** A product of `amazon-meta.txt` with its reviews, which are columns of equal length. */
export interface Product {
  readonly id: number;
  /** '' if it has none. */
  readonly title: string;
  readonly users: readonly string[];
  readonly ratings: readonly number[];
  /** Seconds since 1970. */
  readonly times: readonly number[];
}

/** `cutomer` is the spelling of the file. */
const REVIEW = /^\s+(\d+)-(\d+)-(\d+)\s+cutomer:\s*(\S+)\s+rating:\s*(\d+)\s/;

/**
 * Reads the products of the file in its order.
 *
 * @throws {RecsysError} `invalid-data` for a review that is written in another way, or at an impossible date
 */
export async function* readProducts(file: SourceFile): AsyncGenerator<Product> {
  for await (const lines of readBlocks(file)) {
    const users: string[] = [];
    const ratings: number[] = [];
    const times: number[] = [];
    for (const line of lines) {
      const [, year, month, day, user, rating] = REVIEW.exec(line) ?? [];
      if (user === undefined && !/^\s+\S+\s+cutomer:/.test(line)) continue;
      const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
      if (user === undefined || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day))
        fail(`${file.name} (product ${lines[0]!.slice(3).trim()})`, 'reviews with date, cutomer and rating', line);
      users.push(user!);
      ratings.push(Number(rating));
      times.push(date.getTime() / 1000);
    }
    yield { id: Number(lines[0]!.slice(3)), title: findTitle(lines), users, ratings, times };
  }
}

/**
 * Reads the lines of each product; the first one is `Id: …`.
 *
 * @throws {RecsysError} `invalid-data` for an id that is no whole number, or occurs twice
 */
export async function* readBlocks(file: SourceFile): AsyncGenerator<string[]> {
  let block: string[] = [];
  let number = 0;
  const ids = new Set<number>();
  for await (const line of readLines(file)) {
    number++;
    if (!line.startsWith('Id:')) {
      if (block.length > 0) block.push(line);
      continue;
    }
    if (block.length > 0) yield block;
    block = [line];
    const id = /^Id:\s*\d{1,15}\s*$/.test(line) ? Number(line.slice(3)) : Number.NaN;
    if (Number.isNaN(id) || ids.has(id))
      fail(`${file.name} (line ${number})`, 'a whole number after Id:, once in the file', line);
    ids.add(id);
  }
  if (block.length > 0) yield block;
}

function fail(where: string, expected: string, received: string): never {
  throw new RecsysError(
    'invalid-data',
    `${where}: expected ${expected}, received ${JSON.stringify(received.trim())}. Is it the original file?`,
  );
}

export function findTitle(lines: readonly string[]): string {
  const line = lines.find((each) => each.startsWith('  title:'));
  return line === undefined ? '' : line.slice('  title:'.length).trim();
}
