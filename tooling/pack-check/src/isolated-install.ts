import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listPeers, type PublishedPackage } from './published-packages.js';

/**
 * Unpacks a package into a project as a strict package manager would. It sees the other packed packages, and of
 * everything else only what it declares: an import that works in the repository by chance does not work here.
 * Optional peers are missing.
 */
export function installIsolated({ folder, manifest }: PublishedPackage, archive: string, project: string): void {
  const target = join(project, 'node_modules', manifest.name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '--strip-components=1', '-C', target]);
  for (const name of listPeers(manifest, false)) link(folder, name, project); // once for all
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
    link(folder, name, target);
}

/** Adds what the further entry points of a package may need. */
export function installOptionalPeers({ folder, manifest }: PublishedPackage, project: string): void {
  for (const name of listPeers(manifest, true)) link(folder, name, project);
}

function link(from: string, name: string, to: string): void {
  const installed = join(from, 'node_modules', name);
  const target = join(to, 'node_modules', name);
  if (name.startsWith('@footlight/') || !existsSync(installed) || existsSync(target)) return;
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(realpathSync(installed), target, 'junction');
}
