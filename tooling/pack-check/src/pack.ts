import { execFileSync } from 'node:child_process';
import type { PublishedPackage } from './published-packages.js';

/** Packs a package as `pnpm publish` does. @returns the archive */
export function pack({ folder }: Pick<PublishedPackage, 'folder'>, destination: string): string {
  const report = execFileSync('pnpm', ['pack', '--json', '--pack-destination', destination], {
    cwd: folder,
    encoding: 'utf8',
  });
  return (JSON.parse(report.slice(report.indexOf('{'))) as { filename: string }).filename;
}
