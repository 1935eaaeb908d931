import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('../../..', import.meta.url));

const skipped = new Set(['node_modules', 'dist', 'coverage', 'build']);

/** Its build checks the links of its pages, which are those of a site. */
const site = join(root, 'apps/docs/pages');

/** Every Markdown file below a folder, but none of what is installed, built or hidden, and no page of the site. */
export function markdownFiles(folder: string = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const isSkipped = skipped.has(entry.name) || entry.name.startsWith('.') || path === site;
    if (entry.isDirectory()) return isSkipped ? [] : markdownFiles(path);
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
