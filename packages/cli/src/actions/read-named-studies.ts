import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RecsysError } from '@footlight/core';
import { findSimilarNames, type ReportedStudy } from '@footlight/report';
import { computeImportance, fileLog, readStudies, type StudySnapshot } from '@footlight/studies';
import type { Project } from '../project/find-project.js';

/**
 * Reads studies for the report: all of a log file, or one by its name from the folder `studies` of the results. Their
 * logs are only read.
 *
 * @throws {RecsysError} `invalid-argument` if there is neither; `invalid-data` if a log has no study or cannot be read
 */
export async function readNamedStudies(
  names: readonly string[],
  project: Pick<Project, 'results'>,
  cwd: string,
): Promise<ReportedStudy[]> {
  const studies: ReportedStudy[] = [];
  for (const name of new Set(names)) studies.push(...(await readNamed(name, project, cwd)).map(analyze));
  return studies;
}

async function readNamed(name: string, { results }: Pick<Project, 'results'>, cwd: string): Promise<StudySnapshot[]> {
  const path = resolve(cwd, name);
  if (await isFile(path)) {
    const found = await readStudies(fileLog(path));
    if (found.length > 0) return found;
    throw new RecsysError('invalid-data', `--study ${name}: expected a log with a study, received one without any.`);
  }
  const folder = join(results, 'studies');
  const logs = (await readdir(folder, { recursive: true }).catch(() => [] as string[]))
    .filter((file) => file.endsWith('.log'))
    .sort();
  // The log of the name first: others are read only if it is not there.
  const own = logs.filter((file) => file === `${name}.log`);
  const known: string[] = [];
  for (const file of [...own, ...logs.filter((each) => !own.includes(each))]) {
    const found = await readStudies(fileLog(join(folder, file)));
    const named = found.filter((study) => study.name === name);
    if (named.length > 0) return named;
    known.push(...found.map((study) => study.name));
  }
  const similar = findSimilarNames(name, known);
  const there = known.length === 0 ? 'There are no studies yet.' : `There are: ${known.slice(0, 10).join(', ')}.`;
  throw new RecsysError(
    'invalid-argument',
    `--study: expected the file of a log, or the name of a study in ${folder}, received "${name}". ` +
      (similar.length > 0 ? `Did you mean ${similar.join(' or ')}?` : there),
  );
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

function analyze(study: StudySnapshot): ReportedStudy {
  const { directions, trials, paretoFront } = study;
  const isComparable = trials.some(
    ({ state, values, params }) =>
      state === 'complete' && values!.every(Number.isFinite) && Object.keys(params).length > 0,
  );
  return {
    study,
    ...(isComparable
      ? {
          importance: directions.map((_, objective) =>
            computeImportance(study, directions.length > 1 ? { objective } : {}),
          ),
        }
      : {}),
    ...(directions.length > 1 ? { front: paretoFront.map(({ number }) => number) } : {}),
  };
}
