import { RecsysError } from '@footlight/core';
import { assertKnownExperiments } from './assert-known-experiments.js';

/**
 * Finds experiments by their names, by a beginning that only one name has, or by a pattern in which `*` is any text
 * without a slash.
 *
 * @throws {RecsysError} `unknown-experiment`, with similar names or with all that begin alike, or for a pattern that no
 *   name matches
 * @example
 * findExperiments(['talk/*-bpr'], ['talk/factorization-bpr', 'talk/ials']) // ['talk/factorization-bpr']
 * findExperiments(['own/ratings-ease'], ['own/ratings-ease-random-1f0c93d2']) // ['own/ratings-ease-random-1f0c93d2']
 */
export function findExperiments(names: readonly string[], known: readonly string[]): string[] {
  const found = names.flatMap((name) => {
    if (known.includes(name)) return name;
    if (isPattern(name)) return matchPattern(name, known);
    const matches = known.filter((each) => each.startsWith(name));
    if (matches.length === 0) assertKnownExperiments([name], known);
    if (matches.length > 1) failAmbiguous(name, matches);
    return matches[0]!;
  });
  return names.some(isPattern) ? [...new Set(found)] : found; // a name that is given twice stays
}

const isPattern = (name: string): boolean => name.includes('*');

function matchPattern(pattern: string, known: readonly string[]): string[] {
  const parts = pattern.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const matches = known.filter((name) => new RegExp(`^${parts.join('[^/]*')}$`).test(name));
  if (matches.length > 0) return matches;
  throw new RecsysError(
    'unknown-experiment',
    `footlight: expected a pattern that names of results match, received ${pattern}. See footlight table.`,
  );
}

function failAmbiguous(name: string, matches: readonly string[]): never {
  throw new RecsysError(
    'unknown-experiment',
    `footlight: expected the name of one experiment, received ${name}, which ${matches.length} names begin with: ` +
      `${matches.join(', ')}. Write more of the name.`,
  );
}
