import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { invalid, RecsysError, shortHash } from '@footlight/core';
import { assertKnownExperiments } from '@footlight/report';
import type { Experiment } from '@footlight/trainer';
import type { Project } from './find-project.js';
import { loadDefault, moduleExtensions } from './load-module.js';

/** An experiment with the name that its results are stored under. */
export interface NamedExperiment {
  readonly name: string;
  readonly experiment: Experiment;
}

/**
 * Names of all experiments of a folder: paths without extension of the files with a default export, sorted. Other files
 * are shared code.
 *
 * @example
 * listExperimentNames('/project/experiments') // ['mine', 'talk/popularity', …]
 */
export function listExperimentNames(folder: string): string[] {
  return listFiles(folder)
    .filter((file) => /\bexport\s+default\b|\bas\s+default\b/.test(readFileSync(join(folder, file), 'utf8')))
    .map((file) => removeExtension(file).split(sep).join('/'))
    .sort();
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    if (entry.isDirectory()) return listFiles(join(folder, entry.name)).map((file) => join(entry.name, file));
    return isModule(entry.name) && !/\.(test|d)\.[mc]?[tj]s$/.test(entry.name) ? [entry.name] : [];
  });
}

/**
 * Experiments by their names in the project, or by paths of files anywhere. All are looked up before the first is
 * loaded.
 *
 * @throws {RecsysError} `unknown-experiment`, with similar names; `invalid-experiment` if a file exports none
 */
export async function loadExperiments(
  names: readonly string[],
  { cwd, project }: { readonly cwd: string; readonly project: Project },
): Promise<NamedExperiment[]> {
  const { experiments } = project;
  const inProject = names.filter((name) => !isModule(name));
  if (inProject.length > 0 && experiments === undefined) failWithoutProject(inProject[0]!);
  if (experiments !== undefined) assertKnownExperiments(inProject, listExperimentNames(experiments));
  return Promise.all(
    names.map((name) => (isModule(name) ? loadFile(resolve(cwd, name), project) : loadByName(name, experiments!))),
  );
}

/** An experiment of the folder by its name. */
export async function loadByName(name: string, folder: string): Promise<NamedExperiment> {
  const paths = moduleExtensions.map((extension) => join(folder, `${name}${extension}`));
  return { name, experiment: await loadExperiment(paths.find(existsSync) ?? paths[0]!) };
}

/** A file in the folder of the project has its name there; any other is `own/<file>-<hash of its path>`. */
async function loadFile(path: string, { experiments }: Project): Promise<NamedExperiment> {
  const inside = experiments === undefined ? '..' : relative(experiments, path);
  const outside = inside.startsWith('..') || isAbsolute(inside);
  const name = outside
    ? `own/${removeExtension(basename(path))}-${shortHash(existsSync(path) ? realpathSync(path) : path).slice(0, 8)}`
    : removeExtension(inside).split(sep).join('/');
  return { name, experiment: await loadExperiment(path) };
}

async function loadExperiment(path: string): Promise<Experiment> {
  const experiment = await loadDefault(path);
  if (isExperiment(experiment)) return experiment;
  const received = experiment === undefined ? 'none' : `another ${typeof experiment}`;
  throw new RecsysError(
    'invalid-experiment',
    `${path}: expected a default export made by defineExperiment, received ${received}. ` +
      'Write export default defineExperiment({ … }).',
  );
}

function isExperiment(value: unknown): value is Experiment {
  if (!isObject(value)) return false;
  const { dataset, split, metrics, model, seed } = value;
  return [dataset, split, model].every(isObject) && Array.isArray(metrics) && typeof seed === 'number';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function failWithoutProject(name: string): never {
  throw new RecsysError(
    'unknown-experiment',
    `${name}: expected a file, or an experiment of a project, received neither. Name a file such as ` +
      `./${basename(name)}.ts, a folder with --experiments, or the folder in footlight.config.js: ` +
      "export default { experiments: './experiments' }.",
  );
}

/** The folder of the experiments, for commands that need one. */
export function requireExperiments({ experiments }: Project): string {
  return (
    experiments ??
    invalid(
      'footlight list',
      'a project with experiments',
      'none',
      "Name the folder with --experiments, or in footlight.config.js: export default { experiments: './experiments' }.",
    )
  );
}

/** Whether a name is that of a file: it ends as a module does. */
export function isModule(name: string): boolean {
  return moduleExtensions.includes(extname(name));
}

function removeExtension(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}
