import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSource } from './source.js';
import type { TextFile } from './text-files.js';
import type { Manifest, Workspace } from './workspace-rules.js';

/** Groups the files of a repository into its packages, apps, examples and tools: every folder with a package.json. */
export function readWorkspaces(root: string, files: readonly TextFile[]): Workspace[] {
  const folders = new Set(files.map(({ path }) => findFolder(path)));
  return [...folders]
    .filter((folder) => folder !== undefined && existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({
      folder: folder!,
      manifest: JSON.parse(readFileSync(join(root, folder!, 'package.json'), 'utf8')) as Manifest,
      sources: files
        .filter(({ path }) => path.startsWith(`${folder}/`) && /\.(ts|tsx|js|mjs)$/.test(path))
        .map(({ path, text }) => readSource(path, text)),
    }));
}

function findFolder(path: string): string | undefined {
  return /^(?:(?:apps|packages|tooling)\/[^/]+|examples)(?=\/)/.exec(path)?.[0];
}
