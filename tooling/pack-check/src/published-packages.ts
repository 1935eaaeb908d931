import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package that people can install. */
export interface PublishedPackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Reads the packages of the repository that are not private. */
export function readPublishedPackages(root: string): PublishedPackage[] {
  return readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest }))
    .filter(({ manifest }) => manifest.private !== true);
}

/** Lists what users may import, e.g. `@footlight/losses`, `@footlight/losses/testing`. */
export function listEntryPoints({ name, exports }: Manifest): string[] {
  return Object.keys(exports)
    .filter((path) => path !== './package.json')
    .map((path) => name + path.slice(1));
}

/** Lists the entry points without optional peers: `datasets/arquero` needs arquero, `testing` runs in vitest. */
export function listPlainEntryPoints(manifest: Manifest): string[] {
  const optional = listPeers(manifest, true);
  return listEntryPoints(manifest).filter((entry) => {
    const last = entry.slice(manifest.name.length + 1);
    return last !== 'testing' && !optional.includes(last);
  });
}

/** Lists the peers that are optional, or those that are not. */
export function listPeers({ peerDependencies, peerDependenciesMeta }: Manifest, optional: boolean): string[] {
  return Object.keys(peerDependencies ?? {}).filter(
    (name) => (peerDependenciesMeta?.[name]?.optional ?? false) === optional,
  );
}
