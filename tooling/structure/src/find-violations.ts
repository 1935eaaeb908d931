import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowserViolations } from './browser-imports.js';
import { findImportCycles } from './cycles.js';
import type { Drawing } from './drawing.js';
import { findInstallScripts } from './install-scripts.js';
import { findLongFilesAndLines } from './lengths.js';
import { findManifestProblems } from './published-manifest.js';
import { findForbiddenSuffixes } from './suffixes.js';
import type { TextFile } from './text-files.js';
import type { Vocabulary } from './vocabulary.js';
import { findForbiddenWords } from './words.js';
import { findWorkspaceViolations, type Manifest } from './workspace-rules.js';
import { readWorkspaces } from './workspaces.js';
import { findOtherWriters } from './writers.js';

export interface CheckOptions {
  /** Who may import whom. */
  readonly drawing: Drawing;
  readonly vocabulary: Vocabulary;
  /** Folders and files from the root of the repository; none or the root itself: everything. */
  readonly paths: readonly string[];
}

/** Checks files against every rule of the house. @returns by rule: sentences that begin with the file to change */
export function findViolations(
  root: string,
  allFiles: readonly TextFile[],
  { drawing, vocabulary, paths }: CheckOptions,
): Record<string, string[]> {
  const isWanted = (path: string): boolean =>
    paths.length === 0 || paths.some((each) => each === '' || path === each || path.startsWith(`${each}/`));
  const files = allFiles.filter(({ path }) => isWanted(path));
  const workspaces = readWorkspaces(root, allFiles);
  // A violation of a package belongs to the file that it begins with.
  const wanted = (message: string): boolean => isWanted(message.split(':')[0]!);
  return {
    imports: workspaces
      .filter(({ folder }) => !folder.startsWith('tooling/'))
      .flatMap((workspace) => findWorkspaceViolations(drawing, workspace))
      .filter(wanted),
    cycles: workspaces.flatMap(({ sources }) => findImportCycles(sources)).filter(wanted),
    browsers: workspaces.flatMap(findBrowserViolations).filter(wanted),
    words: files.flatMap((file) => findForbiddenWords(vocabulary, file)),
    suffixes: files.flatMap(findForbiddenSuffixes),
    lengths: files.flatMap(findLongFilesAndLines),
    writers: files.flatMap(findOtherWriters),
    'install scripts': ['', ...workspaces.map(({ folder }) => `${folder}/`)]
      .flatMap((folder) => checkInstallScripts(root, folder))
      .filter(wanted),
    manifests: workspaces.flatMap(findManifestProblems).filter(wanted),
  };
}

function checkInstallScripts(root: string, folder: string): string[] {
  const path = join(root, folder, 'package.json');
  if (!existsSync(path)) return [];
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  return findInstallScripts(`${folder}package.json`, manifest, readdirSync(join(root, folder)));
}
