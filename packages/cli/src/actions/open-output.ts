import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { RecsysError } from '@footlight/core';
import type { Context } from '../context.js';

/** Where many lines go: a file that appears when it is complete, or the output of the command. */
export interface LineOutput {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  /** Removes what was written, after an error. */
  discard(): Promise<void>;
}

/**
 * Opens a file for writing under a temporary name; `finish` gives it its name. Without a path, text goes to the output.
 *
 * @throws {RecsysError} `write-failed`
 */
export async function openOutput(path: string | undefined, { cwd, out }: Context): Promise<LineOutput> {
  if (path === undefined)
    return { write: async (text) => void out.write(text), finish: async () => {}, discard: async () => {} };
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
  return {
    async write(text) {
      if (failure) fail(failure);
      if (!stream.write(text)) await once(stream, 'drain').catch(fail);
    },
    async finish() {
      stream.end();
      await once(stream, 'close').catch(fail);
      if (failure) fail(failure);
      await rename(temporary, file).catch(fail);
    },
    async discard() {
      stream.destroy();
      await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to report
    },
  };
}
