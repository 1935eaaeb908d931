import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Manifest, Workspace } from './rules.js';
import { readSource } from './source.js';

/** Packages, apps and examples of the repository in this folder. */
export function readWorkspaces(root: string): Workspace[] {
  return ['examples', ...childrenOf(root, 'apps'), ...childrenOf(root, 'packages')]
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest,
      sources: sourcesOf(root, folder).map((path) => readSource(path, readFileSync(join(root, path), 'utf8'))),
    }));
}

function childrenOf(root: string, parent: string): string[] {
  const names = existsSync(join(root, parent)) ? readdirSync(join(root, parent)) : [];
  return names.sort().map((name) => `${parent}/${name}`);
}

function sourcesOf(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll(sep, '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !/\/(node_modules|dist|coverage)\//.test(path))
    .sort();
}
