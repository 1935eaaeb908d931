import Papa from 'papaparse';
import type { Columns } from './create-dataset.js';

/** The names of the columns of a file, and which of them look like users, items and times. */
export interface FoundColumns {
  readonly names: readonly string[];
  readonly separator: string;
  readonly guess: Pick<Columns, 'user' | 'item' | 'timestamp'>;
}

const patterns: Readonly<Record<'user' | 'item' | 'timestamp', RegExp>> = {
  user: /^(user|customer|visitor|reviewer|member|account)/i,
  item: /^(item|movie|film|product|asin|book|track|song|article|sku)/i,
  timestamp: /time|date/i,
};

/**
 * Reads the first line of a CSV or TSV file.
 *
 * @throws {Error} if it names fewer than two columns
 */
export async function readColumns(file: File): Promise<FoundColumns> {
  const head = await file.slice(0, 2 ** 16).text();
  const { data, meta } = Papa.parse<string[]>(head, { preview: 10, skipEmptyLines: true });
  const names = data[0] ?? [];
  if (names.length < 2)
    throw new Error(
      `${file.name}: expected a first line that names at least two columns, received “${names[0] ?? ''}”. ` +
        'Is it a CSV file with a header?',
    );
  const guess: Partial<Record<keyof typeof patterns, string>> = {};
  for (const [column, pattern] of Object.entries(patterns)) {
    const found = names.find((name) => pattern.test(name));
    if (found !== undefined) guess[column as keyof typeof patterns] = found;
  }
  const user = guess.user ?? names.find((name) => !Object.values(guess).includes(name)) ?? names[0]!;
  const item = guess.item ?? names.find((name) => name !== user && name !== guess.timestamp) ?? names[1]!;
  return { names, separator: meta.delimiter, guess: { ...guess, user, item } };
}
