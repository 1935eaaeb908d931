import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { RecsysError } from '@footlight/core';
import { createFolder } from '@footlight/core/files';
import { findSimilarNames } from '@footlight/report';
import { fileLog, listStudies, type StudyLog } from '@footlight/studies';
import { isRedisUrl, redisLog } from '@footlight/studies/redis';
import type { Project } from '../project/find-project.js';

/** Where the log of a study is. */
export interface StudyPlace {
  readonly cwd: string;
  readonly project: Project;
  /** File or Redis server of the log. Default: the file of the study beside the results of the project. */
  readonly storage?: string | undefined;
}

const extension = '.log';

/**
 * Opens the log that a study is, or will be, stored in.
 *
 * @throws {RecsysError} `invalid-argument` if it cannot be a file or a Redis server; `write-failed` if it cannot be
 *   created
 */
export function openStudyLog(name: string, { cwd, project, storage }: StudyPlace): StudyLog {
  if (storage !== undefined && isRedisUrl(storage)) return redisLog(storage);
  const path = storage === undefined ? locateLog(name, project) : resolve(cwd, storage);
  if (storage !== undefined && /^[a-z]+:\/\//i.test(storage))
    fail(`--storage ${storage}: expected the path of a file or redis://host, received another address`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    fail(`--storage ${path}: expected the path of a file, received a folder`);
  if (storage === undefined) createFolder(dirname(path));
  return fileLog(path);
}

/** The file of a study beside the results of the project. */
function locateLog(name: string, { results }: Project): string {
  const folder = join(results, 'studies');
  const path = join(folder, `${name}${extension}`);
  if (relative(folder, path).startsWith('..')) fail(`--name ${name}: expected a name within the folder of studies`);
  return path;
}

/** The logs of the project, by the path without extension. */
export function listLogs({ results }: Project): string[] {
  const folder = join(results, 'studies');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length).split(sep).join('/'))
    .sort();
}

/**
 * Finds a study that is there: by its name in the project, by the file of its log, or by its name in `--storage`.
 *
 * @throws {RecsysError} `unknown-experiment` if there is none, with similar names
 */
export async function findStudyLog(given: string, place: StudyPlace): Promise<{ name: string; log: StudyLog }> {
  const { cwd, project, storage } = place;
  if (storage === undefined) {
    if (existsSync(locateLog(given, project))) return findOnly(openStudyLog(given, place), given);
    const path = resolve(cwd, given);
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return findOnly(fileLog(path));
    failUnknown(given, listLogs(project));
  }
  const path = resolve(cwd, storage);
  if (!isRedisUrl(storage) && !existsSync(path))
    throw new RecsysError('file-not-found', `${path}: expected the log of a study, received none. Check --storage.`);
  const log = openStudyLog(given, place);
  const names = await listStudies(log);
  if (!names.includes(given)) failUnknown(given, names);
  return { name: given, log };
}

/** Finds the study of a log: the one of that name, else the only one. Writes nothing. */
async function findOnly(log: StudyLog, preferred?: string): Promise<{ name: string; log: StudyLog }> {
  const names = await listStudies(log);
  if (preferred !== undefined && names.includes(preferred)) return { name: preferred, log };
  if (names.length === 1) return { name: names[0]!, log };
  return fail(
    names.length === 0
      ? `footlight study: expected a log with a study, received ${log.name} without. footlight study run begins one`
      : `footlight study: expected a log with one study, received ${names.join(', ')}. Write the name of one, and ` +
          `--storage ${log.name}`,
  );
}

function failUnknown(given: string, names: readonly string[]): never {
  const similar = findSimilarNames(given, names);
  const hint =
    similar.length > 0 ? `Did you mean ${similar.join(' or ')}?` : 'footlight study list shows those of the project.';
  throw new RecsysError(
    'unknown-experiment',
    `footlight study: expected the name of a study or the file of its log, received ${given}. ${hint}`,
  );
}

function fail(message: string): never {
  throw new RecsysError('invalid-argument', `${message}.`);
}
