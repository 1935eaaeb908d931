import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('../../..', import.meta.url));

const skipped = new Set(['node_modules', 'dist', 'coverage', 'build']);

/** Every Markdown file below a folder, but none of what is installed, built or hidden. */
export function markdownFiles(folder: string = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

export interface Package {
  /** Name of its folder. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
}

export function packages(): Package[] {
  return readdirSync(join(root, 'packages')).map((folder) => {
    const { name, description } = JSON.parse(
      readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'),
    ) as Package;
    return { folder, name, description };
  });
}
