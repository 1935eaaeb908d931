import { join } from 'node:path';
import { openResultsFolder, type QueryValues, type StoredResult } from '@footlight/report';
import { root } from '../paths.js';

/** The stored results of the benchmarks, and their values per user where these were kept. */
export interface StoredResults {
  readonly results: readonly StoredResult[];
  readonly values: ReadonlyMap<string, QueryValues>;
}

/** Reads `apps/benchmarks/results`. */
export async function readStoredResults(): Promise<StoredResults> {
  const folder = openResultsFolder(join(root, 'apps/benchmarks/results'));
  const results = await folder.read();
  const values = new Map<string, QueryValues>();
  for (const result of results) {
    const found = await folder.readValues(getName(result)).catch(() => undefined); // ratings have none per user
    if (found) values.set(getName(result), found);
  }
  return { results, values };
}

/** The name of the experiment, such as `talk/factorization-bpr`. */
export const getName = ({ experiment }: StoredResult): string => experiment;

/**
 * The results whose names match one of the patterns, in the order of the patterns; `*` is any text without a slash.
 *
 * @throws {Error} for a pattern that matches nothing
 */
export function selectResults(results: readonly StoredResult[], patterns: readonly string[]): StoredResult[] {
  const selected = patterns.flatMap((pattern) => {
    const matcher = new RegExp(`^${pattern.split('*').map(escapeText).join('[^/]*')}$`);
    const found = results.filter((result) => matcher.test(getName(result)));
    if (found.length === 0) throw new Error(`docs: expected a stored result for ${pattern}, received none.`);
    return found;
  });
  return [...new Set(selected)];
}

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
