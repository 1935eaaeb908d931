import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.js';

export interface PublishedPackage {
  /** Of its folder below `packages/`. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  /** The file whose exports are documented. */
  readonly entry: string;
}

/** The published packages that are written in TypeScript, but for `footlight`, which exports what they export. */
export function publishedPackages(): PublishedPackage[] {
  return readdirSync(join(root, 'packages'))
    .map((folder) => {
      const { name, description } = readManifest(`packages/${folder}`);
      return { folder, name, description, entry: join(root, 'packages', folder, 'src/index.ts') };
    })
    .filter(({ name, entry }) => name !== 'footlight' && existsSync(entry));
}

/** The address of the repository on the web, without a slash at its end. */
export const repositoryUrl: string = readManifest('packages/core')
  .repository.url.replace(/^git\+/, '')
  .replace(/\.git$/, '');

interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly repository: { readonly url: string };
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}
