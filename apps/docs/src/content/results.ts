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
 * The results whose names match one of the patterns, in the order of the patterns.
 *
 * @param experiments names of all experiments, those that were never run too
 * @throws {Error} for a pattern that matches neither a result nor an experiment
 */
export function selectResults(
  results: readonly StoredResult[],
  patterns: readonly string[],
  experiments: readonly string[] = [],
): StoredResult[] {
  const selected = patterns.flatMap((pattern) => {
    const found = results.filter((result) => matches(pattern, getName(result)));
    if (found.length === 0 && !experiments.some((name) => matches(pattern, name)))
      throw new Error(`docs: expected a stored result for ${pattern}, received none.`);
    return found;
  });
  return [...new Set(selected)];
}

/** The experiments that match one of the patterns and have no stored result. */
export function selectNeverRun(
  results: readonly StoredResult[],
  patterns: readonly string[],
  experiments: readonly string[],
): string[] {
  const stored = new Set(results.map(getName));
  const others = experiments.filter((name) => !stored.has(name));
  return [...new Set(patterns.flatMap((pattern) => others.filter((name) => matches(pattern, name))))];
}

/** `*` is any text without a slash. */
function matches(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.split('*').map(escapeText).join('[^/]*')}$`).test(name);
}

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
