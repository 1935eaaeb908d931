import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { RecsysError } from '@footlight/core';
import type { Context } from '../context.js';

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
  if (path === undefined) return produce(async (text) => void out.write(text));
  const file = resolve(cwd, path);
  const temporary = `${file}.${process.pid}.part`;
  const fail = (cause: unknown): never => {
    throw new RecsysError(
      'write-failed',
      `${basename(file)}: expected to write ${file}, received the error "${(cause as Error).message}".`,
      { cause },
    );
  };
  await mkdir(dirname(file), { recursive: true }).catch(fail);
  const stream = createWriteStream(temporary);
  let failure: unknown;
  stream.on('error', (error) => {
    failure = error;
  });
  await once(stream, 'open').catch(fail);
  try {
    await produce(async (text) => {
      if (failure) fail(failure);
      if (!stream.write(text)) await once(stream, 'drain').catch(fail);
    });
    stream.end();
    await once(stream, 'close').catch(fail);
    if (failure) fail(failure);
    await rename(temporary, file).catch(fail);
  } catch (error) {
    stream.destroy();
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to report
    throw error;
  }
}
