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

/** Reads the products of the file in its order. */
export async function* readProducts(file: SourceFile): AsyncGenerator<Product> {
  for await (const lines of readBlocks(file)) {
    const users: string[] = [];
    const ratings: number[] = [];
    const times: number[] = [];
    for (const line of lines) {
      const [, year, month, day, user, rating] = REVIEW.exec(line) ?? [];
      if (user === undefined) continue;
      users.push(user);
      ratings.push(Number(rating));
      times.push(Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000);
    }
    yield { id: Number(lines[0]!.slice(3)), title: findTitle(lines), users, ratings, times };
  }
}

/** Reads the lines of each product; the first one is `Id: …`. */
export async function* readBlocks(file: SourceFile): AsyncGenerator<string[]> {
  let block: string[] = [];
  for await (const line of readLines(file)) {
    if (line.startsWith('Id:')) {
      if (block.length > 0) yield block;
      block = [line];
    } else if (block.length > 0) block.push(line);
  }
  if (block.length > 0) yield block;
}

export function findTitle(lines: readonly string[]): string {
  const line = lines.find((each) => each.startsWith('  title:'));
  return line === undefined ? '' : line.slice('  title:'.length).trim();
}
