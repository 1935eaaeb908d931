import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.js';

/** What can be imported by one name: a package, or a part of it such as `@footlight/datasets/arquero`. */
export interface EntryPoint {
  readonly name: string;
  readonly description: string;
  /** The file whose exports are documented. */
  readonly file: string;
}

/** Entry points whose names do not say what they hold. */
const subpaths: Readonly<Record<string, string>> = {
  './arquero': 'Arquero tables from interactions, and interactions from arquero tables',
  './testing': 'Contract suites: what every component of the package keeps, as tests for components of your own',
};

/** The entry points of the published packages, but for `footlight`, which exports what the others export. */
export function listEntryPoints(): EntryPoint[] {
  return readdirSync(join(root, 'packages')).flatMap((folder) => {
    const { name, description, exports: entries } = readManifest(`packages/${folder}`);
    if (name === 'footlight') return [];
    return Object.entries(entries).flatMap(([path, entry]) => {
      const source = typeof entry === 'string' ? undefined : entry['@footlight/source'];
      if (source === undefined) return [];
      const file = join(root, 'packages', folder, source);
      return [{ name: `${name}${path.slice(1)}`, description: subpaths[path] ?? description, file }];
    });
  });
}

interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly repository: { readonly url: string };
  readonly exports: Readonly<Record<string, string | { readonly '@footlight/source'?: string }>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}

/** The address of the repository on the web, without a slash at its end. */
export const repositoryUrl: string = readManifest('packages/core')
  .repository.url.replace(/^git\+/, '')
  .replace(/\.git$/, '');
