import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Manifest, Published } from './published.js';

/** Packs it as `pnpm publish` would. @returns the archive */
export function pack({ folder }: Published, destination: string): string {
  const report = execFileSync('pnpm', ['pack', '--json', '--pack-destination', destination], {
    cwd: folder,
    encoding: 'utf8',
  });
  return (JSON.parse(report.slice(report.indexOf('{'))) as { filename: string }).filename;
}

/**
 * Unpacks it into a project as a package manager would. It sees the other packed packages, and of everything else only what it declares:
 * an import that works in the repository by chance does not work here. Optional peers are missing.
 */
export function install({ folder, manifest }: Published, archive: string, project: string): void {
  const target = join(project, 'node_modules', manifest.name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '--strip-components=1', '-C', target]);
  for (const name of peersOf(manifest, false)) link(folder, name, project); // once for all
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
    link(folder, name, target);
}

/** What its further entry points may need. */
export function installOptionalPeers({ folder, manifest }: Published, project: string): void {
  for (const name of peersOf(manifest, true)) link(folder, name, project);
}

function peersOf({ peerDependencies, peerDependenciesMeta }: Manifest, optional: boolean): string[] {
  return Object.keys(peerDependencies ?? {}).filter(
    (name) => (peerDependenciesMeta?.[name]?.optional ?? false) === optional,
  );
}

function link(from: string, name: string, to: string): void {
  const installed = join(from, 'node_modules', name);
  const wanted = join(to, 'node_modules', name);
  if (name.startsWith('@footlight/') || !existsSync(installed) || existsSync(wanted)) return;
  mkdirSync(dirname(wanted), { recursive: true });
  symlinkSync(realpathSync(installed), wanted, 'junction');
}
