import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runProgram } from '@footlight/tooling-setup/run-child';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** Checks the package.json and the files of an archive with publint. @returns its messages */
export async function lintManifest(archive: string): Promise<string[]> {
  const tarball = Uint8Array.from(readFileSync(archive)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

const attw = fileURLToPath(new URL('../node_modules/.bin/attw', import.meta.url));
const options = ['--profile', 'esm-only', '--no-definitely-typed', '--no-emoji', '--format', 'ascii'];

/** Checks how an archive's types resolve with attw. @returns what is wrong, as attw prints it */
export async function lintTypes(archive: string): Promise<string[]> {
  const { code, output } = await runProgram(attw, [archive, ...options], { shell: process.platform === 'win32' });
  return code === 0 ? [] : [output];
}
