import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { invalid } from '@footlight/core';
import { loadDefault, moduleExtensions } from './load-module.js';

/** What `footlight.config.ts` (or `.js`, `.mjs`) exports: folders, relative to that file. */
export interface FootlightConfig {
  /** Folder of the experiments. Default `./experiments`. */
  readonly experiments?: string;
  /** Folder of the searches. Default `./searches`. */
  readonly searches?: string;
  /** Folder of the results. Default `./results`. */
  readonly results?: string;
  /** File of claims that `footlight report` and `footlight table` test. Default none. */
  readonly claims?: string;
  /** Runs of an experiment with a learned model, each with another seed, unless `--seeds` says otherwise. Default 1. */
  readonly seeds?: number;
}

/** Folders of the project that a command works in. */
export interface Project {
  /** Absent: there is none here. */
  readonly experiments?: string;
  /** Absent: there is none here. The folder may be missing. */
  readonly searches?: string;
  readonly results: string;
  /** Absent: there are none. */
  readonly claims?: string;
  /** Runs of an experiment with a learned model. Default 1. */
  readonly seeds?: number;
}

/** Folders given on the command line, relative to the working folder. */
export interface ProjectOptions {
  readonly experiments?: string | undefined;
  readonly results?: string | undefined;
  readonly claims?: string | undefined;
}

/**
 * Finds the project: the folders given, else those of the next `footlight.config` file from the working folder upwards.
 * Without one, results go to `footlight-results` in the working folder.
 *
 * @throws {RecsysError} `invalid-argument` for a folder of experiments that does not exist, or a config that is not an
 *   object of folders
 */
export async function findProject(cwd: string, given: ProjectOptions = {}): Promise<Project> {
  const configured = await readConfig(cwd);
  const experiments = given.experiments === undefined ? configured?.experiments : resolve(cwd, given.experiments);
  const results = given.results === undefined ? configured?.results : resolve(cwd, given.results);
  const claims = given.claims === undefined ? configured?.claims : resolve(cwd, given.claims);
  if (given.experiments !== undefined && !isFolder(experiments!))
    invalid('--experiments', 'a folder with experiments', experiments);
  return {
    ...(experiments === undefined ? {} : { experiments }),
    ...(configured?.searches === undefined ? {} : { searches: configured.searches }),
    results: results ?? join(cwd, 'footlight-results'),
    ...(claims === undefined ? {} : { claims }),
    ...(configured?.seeds === undefined ? {} : { seeds: configured.seeds }),
  };
}

async function readConfig(cwd: string): Promise<(Project & { readonly experiments: string }) | undefined> {
  const file = findConfig(cwd);
  if (file === undefined) return undefined;
  const config = await loadDefault(file);
  if (!isConfig(config))
    invalid(
      file,
      "export default { experiments: './experiments', results: './results', seeds: 1 }",
      JSON.stringify(config),
    );
  const { experiments = './experiments', searches = './searches', results = './results', claims, seeds } = config;
  const folder = dirname(file);
  if (!isFolder(resolve(folder, experiments))) invalid(file, 'a folder with experiments', resolve(folder, experiments));
  return {
    experiments: resolve(folder, experiments),
    searches: resolve(folder, searches),
    results: resolve(folder, results),
    ...(claims === undefined ? {} : { claims: resolve(folder, claims) }),
    ...(seeds === undefined ? {} : { seeds }),
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isConfig(config: unknown): config is FootlightConfig {
  if (typeof config !== 'object' || config === null) return false;
  return Object.entries(config).every(([name, value]) =>
    name === 'seeds'
      ? Number.isSafeInteger(value) && value > 0
      : ['experiments', 'searches', 'results', 'claims'].includes(name) && typeof value === 'string',
  );
}

/** The next config file, from a folder upwards. */
function findConfig(folder: string): string | undefined {
  const found = moduleExtensions.map((extension) => join(folder, `footlight.config${extension}`)).find(existsSync);
  if (found !== undefined || dirname(folder) === folder) return found;
  return findConfig(dirname(folder));
}
