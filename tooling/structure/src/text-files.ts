import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that people write. */
export interface TextFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const extensions = /\.(ts|tsx|js|mjs|py|md)$/;
const generated = /(^|\/)(results|fixtures)\/|(^|\/)CHANGELOG\.md$/;

/**
 * Reads the TypeScript, JavaScript, Python and Markdown files of a repository: all that git tracks or would add.
 * Results, fixtures and change logs are left out, except the scripts in `tooling/fixtures`.
 */
export function readTextFiles(root: string): TextFile[] {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
    .toString()
    .split('\0')
    .filter((path) => extensions.test(path) && (path.startsWith('tooling/fixtures/') || !generated.test(path)))
    .filter((path, at, paths) => paths.indexOf(path) === at && existsSync(join(root, path)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
