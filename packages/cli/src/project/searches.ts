import { existsSync, realpathSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { RecsysError, shortHash } from '@footlight/core';
import { findSimilarNames } from '@footlight/report';
import { isSearch, type Search } from '@footlight/studies/search';
import { isModule, listExperimentNames } from './experiments.js';
import type { Project } from './find-project.js';
import { loadDefault, moduleExtensions } from './load-module.js';

/** A search with the name that its study has, unless another one is chosen. */
export interface NamedSearch {
  readonly name: string;
  readonly search: Search;
}

/** Names of all searches of a folder: paths without `.search` and extension of the files with a default export. */
function listSearchNames(folder: string | undefined): string[] {
  return folder !== undefined && existsSync(folder) ? listExperimentNames(folder).map(removeSuffix) : [];
}

/**
 * Finds a search by its name in the project, or by the path of a file anywhere.
 *
 * @throws {RecsysError} `unknown-experiment`, with similar names; `invalid-experiment` if the file exports none
 */
export async function loadSearch(
  name: string,
  { cwd, project }: { readonly cwd: string; readonly project: Project },
): Promise<NamedSearch> {
  const path = isModule(name) ? resolve(cwd, name) : findByName(name, project);
  const value = await loadDefault(path);
  if (isSearch(value)) return { name: value.name ?? nameFile(path, project), search: value };
  throw new RecsysError(
    'invalid-experiment',
    `${path}: expected a default export made by defineSearch, received ${describeOther(value)}. ` +
      'Write export default defineSearch({ space: (trial) => defineExperiment({ … }), objective: { metric: … } }).',
  );
}

function describeOther(value: unknown): string {
  if (value === undefined) return 'none';
  const isExperiment = typeof value === 'object' && value !== null && 'metrics' in value;
  return isExperiment ? 'an experiment, which does not say which of its options to search' : `another ${typeof value}`;
}

function findByName(name: string, { searches, experiments }: Project): string {
  const names = listSearchNames(searches);
  const file = ['.search', '']
    .flatMap((suffix) => moduleExtensions.map((extension) => join(searches ?? '', `${name}${suffix}${extension}`)))
    .find((path) => searches !== undefined && existsSync(path));
  if (file !== undefined) return file;
  const similar = findSimilarNames(name, names);
  const isExperiment = experiments !== undefined && listExperimentNames(experiments).includes(name);
  const received = isExperiment ? `${name}, an experiment, which does not say which of its options to search` : name;
  const hint =
    similar.length > 0
      ? `Did you mean ${similar.join(' or ')}?`
      : 'Name a file such as ./mine.search.ts that exports defineSearch({ … }), or put it into the folder searches ' +
        'beside footlight.config.';
  throw new RecsysError(
    'unknown-experiment',
    `footlight study: expected the name of a search or its file, received ${received}. ${hint}`,
  );
}

/** A file in the folder of searches has its name there; any other is `own/<file>-<hash of its path>`. */
function nameFile(path: string, { searches }: Project): string {
  const inside = searches === undefined ? '..' : relative(searches, path);
  const isOutside = inside.startsWith('..') || isAbsolute(inside);
  if (!isOutside)
    return removeSuffix(
      inside
        .replace(/\.[^.]+$/, '')
        .split(sep)
        .join('/'),
    );
  const name = removeSuffix(basename(path).replace(/\.[^.]+$/, ''));
  return `own/${name}-${shortHash(realpathSync(path)).slice(0, 8)}`;
}

function removeSuffix(name: string): string {
  return name.replace(/\.search$/, '');
}
