import { RecsysError } from '@footlight/core';
import { assertKnownExperiments } from './assert-known-experiments.js';

/**
 * Finds experiments by their names, or by a beginning that only one name has.
 *
 * @throws {RecsysError} `unknown-experiment`, with similar names or with all that begin alike
 * @example
 * findExperiments(['own/ratings-ease'], ['own/ratings-ease-random-1f0c93d2']) // ['own/ratings-ease-random-1f0c93d2']
 */
export function findExperiments(names: readonly string[], known: readonly string[]): string[] {
  return names.map((name) => {
    if (known.includes(name)) return name;
    const matches = known.filter((each) => each.startsWith(name));
    if (matches.length === 0) assertKnownExperiments([name], known);
    if (matches.length > 1) failAmbiguous(name, matches);
    return matches[0]!;
  });
}

function failAmbiguous(name: string, matches: readonly string[]): never {
  throw new RecsysError(
    'unknown-experiment',
    `footlight: expected the name of one experiment, received ${name}, which ${matches.length} names begin with: ` +
      `${matches.join(', ')}. Write more of the name.`,
  );
}
