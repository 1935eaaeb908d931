import type { SourceFile } from '../readers/source-file.js';
import { findTitle, type Product, readBlocks } from './amazon-meta-file.js';

type Reviews = Omit<Product, 'id' | 'title'>;

/**
 * Reads the products that Spotlight's conversion produced.
 *
 * - The last product is missing: a product is written when the next one begins.
 * - Instead of a product that its parser rejects, it writes the product before once more, with new users.
 */
export async function* readProductsAsSpotlight(file: SourceFile): AsyncGenerator<Product> {
  let block: string[] | undefined;
  let before: Product | undefined;
  for await (const next of readBlocks(file)) {
    if (block) {
      // The users had already been replaced by numbers; numbered a second time, they became new users.
      const again: Product | undefined = before && { ...before, users: before.users.map((user) => `again ${user}`) };
      before = parseProduct(block) ?? again;
      if (before) yield before;
    }
    block = next;
  }
}

/** Undefined where Spotlight's parser fails: it searches for words anywhere in a line, titles included. */
function parseProduct(lines: readonly string[]): Product | undefined {
  const id = parseInteger(lines[0]!.split(':')[1]);
  let reviews: Reviews = { users: [], ratings: [], times: [] };
  for (let at = 0; at < lines.length; at++) {
    if (lines[at]!.includes('categories') && !checkCategories(lines, at)) return undefined;
    if (!lines[at]!.includes('reviews:')) continue;
    const read = parseReviews(lines.slice(at + 1));
    if (!read) return undefined;
    reviews = read;
  }
  return id === undefined ? undefined : { id, title: findTitle(lines), ...reviews };
}

/** Whether the line ends in a count, and that many lines after it have a number in the first brackets of each part. */
function checkCategories(lines: readonly string[], at: number): boolean {
  const count = parseInteger(lines[at]!.split(':').at(-1));
  if (count === undefined) return false;
  return lines.slice(at + 1, at + 1 + count).every((line) =>
    line
      .trim()
      .split('|')
      .filter((part) => part !== '')
      .every((part) => parseInteger(part.slice(part.indexOf('[') + 1, part.indexOf(']'))) !== undefined),
  );
}

function parseReviews(lines: readonly string[]): Reviews | undefined {
  const users: string[] = [];
  const ratings: number[] = [];
  const times: number[] = [];
  for (const line of lines) {
    if (line === '') continue;
    const name = line.indexOf('cutomer');
    const date = line.slice(0, name).split('-').map(parseInteger);
    const rating = parseInteger(line.slice(line.indexOf('rating'), line.indexOf('votes')).split(':')[1]);
    const user = line.slice(name, line.indexOf('rating')).split(':')[1];
    const [year, month, day] = date;
    if (date.length !== 3 || year === undefined || month === undefined || day === undefined) return undefined;
    if (rating === undefined || user === undefined) return undefined;
    users.push(user.trim());
    ratings.push(rating);
    times.push(Date.UTC(year, month - 1, day) / 1000);
  }
  return { users, ratings, times };
}

/** An integer as Python's `int` accepts it. */
function parseInteger(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
}
