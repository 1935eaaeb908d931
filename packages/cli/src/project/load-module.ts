import { existsSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RecsysError } from '@footlight/core';

/** Extensions of files that can be loaded. */
export const moduleExtensions: readonly string[] = ['.ts', '.mts', '.js', '.mjs'];

/** From source, the loader that runs this file loads TypeScript; compiled, jiti does. */
const runsFromSource = import.meta.url.endsWith('.ts');

/**
 * The default export of a JavaScript or TypeScript file. The file imports packages from its own folder.
 *
 * @throws {RecsysError} `file-not-found`; `invalid-experiment` if the file cannot be loaded, or has another copy of
 *   TensorFlow.js
 */
export async function loadDefault(path: string): Promise<unknown> {
  if (!existsSync(path))
    throw new RecsysError('file-not-found', `${path}: expected a file, received none. Check the path.`);
  if (!statSync(path).isFile())
    throw new RecsysError('file-not-found', `${path}: expected a file, received a folder. Name a file in it.`);
  assertSameTensorflow(path);
  try {
    const url = pathToFileURL(path).href;
    if (runsFromSource || !/\.m?ts$/.test(path)) return ((await import(url)) as { default?: unknown }).default;
    const { createJiti } = await import('jiti');
    return await createJiti(url, { fsCache: false }).import(path, { default: true });
  } catch (cause) {
    if (cause instanceof RecsysError) throw new RecsysError(cause.code, `${path}: ${cause.message}`, { cause });
    throw new RecsysError('invalid-experiment', describeFailure(path, cause), { cause });
  }
}

/** A file may throw anything. */
function describeFailure(path: string, cause: unknown): string {
  const { message, code }: NodeJS.ErrnoException = cause instanceof Error ? cause : new Error(String(cause));
  const [, name] = /'((?:footlight|@footlight\/|@tensorflow\/)[^']*)'/.exec(message) ?? [];
  const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  if (missing && name !== undefined)
    return `${path}: expected the package ${name} in ${dirname(path)} or above, received none. Install it there.`;
  const problem = message.split('\n')[0]!.replace(/\.$/, '');
  return `${path}: expected a file that can be loaded, received ${problem}. --verbose shows where.`;
}

/** Tensors of one copy of TensorFlow.js mean nothing to another, nor does the backend that was chosen. */
function assertSameTensorflow(path: string): void {
  const [own, other] = [import.meta.url, pathToFileURL(path).href].map(findTensorflow);
  if (own === undefined || other === undefined || own === other) return;
  throw new RecsysError(
    'invalid-experiment',
    `${path}: expected to share TensorFlow.js with this command (${own}), received another copy (${other}). ` +
      'Run the command that is installed beside the file: npx footlight.',
  );
}

/** Resolves TensorFlow.js as the packages do that a file imports. */
function findTensorflow(from: string): string | undefined {
  const require = createRequire(from);
  try {
    return realpathSync(createRequire(require.resolve('@footlight/engine')).resolve('@tensorflow/tfjs-core'));
  } catch {
    return undefined;
  }
}
