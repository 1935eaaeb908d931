import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** @returns what publint has to say about the archive of a package */
export async function lint(archive: string): Promise<string[]> {
  const tarball = Uint8Array.from(readFileSync(archive)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

const attw = fileURLToPath(new URL('../node_modules/.bin/attw', import.meta.url));
const options = ['--profile', 'esm-only', '--no-definitely-typed', '--no-emoji', '--format', 'ascii'];

/** @returns what is wrong with the types in the archive of a package, as attw shows it */
export function typesOf(archive: string): string[] {
  const { status, stdout, error } = spawnSync(attw, [archive, ...options], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return status === 0 ? [] : [error?.message ?? stdout];
}
