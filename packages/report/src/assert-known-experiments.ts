import { RecsysError } from '@footlight/core';
import { distance } from 'fastest-levenshtein';

/**
 * Checks that all names are names of experiments, and suggests similar ones otherwise.
 *
 * @throws {RecsysError} `unknown-experiment` for the first name that is not in `known`
 */
export function assertKnownExperiments(names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const similar = findSimilarNames(unknown, known);
  const hint = similar.length > 0 ? `Did you mean ${similar.join(' or ')}?` : '`footlight list` shows all names.';
  throw new RecsysError(
    'unknown-experiment',
    `footlight: expected the name of an experiment, received ${unknown}. ${hint}`,
  );
}

/** Finds names that contain `name` or differ from it by a few letters: at most three, closest first. */
export function findSimilarNames(name: string, known: readonly string[]): string[] {
  const lower = name.toLowerCase();
  return known
    .map((each) => ({ each, away: each.includes(lower) ? 0 : distance(lower, each) }))
    .filter(({ each, away }) => away <= each.length / 3)
    .sort((one, other) => one.away - other.away)
    .slice(0, 3)
    .map(({ each }) => each);
}
