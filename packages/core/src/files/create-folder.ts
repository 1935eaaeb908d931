import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Creates a folder, and those above it that are missing. Several processes may create the same one at once.
 *
 * Differs from `mkdir` of Node with `recursive`, which tries again for as long as the system reports a missing parent:
 * for ever in /proc, whose folders exist and hold nothing new. The folders get the permissions `mode`, less the umask.
 *
 * @returns the first folder that was created, or undefined if all were there
 * @throws errors of the system
 */
export function createFolder(path: string, { mode = 0o777 }: { readonly mode?: number } = {}): string | undefined {
  const levels: string[] = [];
  let level = resolve(path);
  let outcome = createLevel(level, mode);
  while (outcome === 'no parent') {
    levels.unshift(level);
    level = dirname(level);
    outcome = createLevel(level, mode);
  }
  let first = outcome === 'created' ? level : undefined;
  for (const each of levels) if (createLevel(each, mode, 'has parent') === 'created') first ??= each;
  return first;
}

/** Codes of a folder that is there: EEXIST; of the root of a disk, EISDIR on macOS and EPERM on Windows. */
const presentCodes = new Set(['EEXIST', 'EISDIR', 'EPERM']);

function createLevel(path: string, mode: number, parent?: 'has parent'): 'created' | 'present' | 'no parent' {
  try {
    mkdirSync(path, { mode });
    return 'created';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (presentCodes.has(code) && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return 'present';
    if (code === 'ENOENT' && parent === undefined && dirname(path) !== path) return 'no parent';
    throw error;
  }
}
