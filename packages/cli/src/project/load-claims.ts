import { assertClaimExperiments, type ClaimGroup, checkClaims, type StoredResult } from '@footlight/report';
import { listExperimentNames } from './experiments.js';
import type { Project } from './find-project.js';
import { loadDefault } from './load-module.js';

/**
 * Loads the claims of a project: the default export of its file.
 *
 * @param stored results, whose experiments may be gone
 * @throws {RecsysError} `file-not-found` or `invalid-experiment` if the file cannot be loaded; `invalid-argument` or
 *   `unknown-experiment` that names the claim
 */
export async function loadClaims(
  { claims, experiments }: Project,
  stored: readonly Pick<StoredResult, 'experiment'>[],
): Promise<readonly ClaimGroup[]> {
  if (claims === undefined) return [];
  const groups = checkClaims(await loadDefault(claims), claims);
  const known = experiments === undefined ? [] : listExperimentNames(experiments);
  assertClaimExperiments(groups, [...new Set([...known, ...stored.map(({ experiment }) => experiment)])], claims);
  return groups;
}
