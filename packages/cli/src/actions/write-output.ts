import { resolve } from 'node:path';
import { assertWritable, openFileWriter } from '@footlight/core/files';
import type { Context } from '../context.js';
import { OutputClosed } from '../exit-codes.js';

/**
 * Writes what is produced to a file, which appears when it is complete and not at all after an error. Without a path,
 * text goes to the output.
 *
 * @throws {RecsysError} `write-failed`, or whatever `produce` throws
 */
export async function writeOutput(
  path: string | undefined,
  { cwd, out }: Context,
  produce: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  if (path === undefined)
    return produce(async (text) => {
      if (out.errored) throw new OutputClosed();
      out.write(text);
    });
  const writer = await openFileWriter(resolve(cwd, path));
  try {
    await produce((text) => writer.write(text));
    await writer.commit();
  } finally {
    await writer.discard();
  }
}

/**
 * Checks that files that were named can be written, before the work that they are to hold.
 *
 * @throws {RecsysError} `write-failed`
 */
export async function assertOutputs(paths: readonly (string | undefined)[], { cwd }: Context): Promise<void> {
  for (const path of paths) if (path !== undefined) await assertWritable(resolve(cwd, path));
}
