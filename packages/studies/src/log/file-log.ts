import { assertNumber } from '@footlight/core';
import { appendUnderLock, createIfMissing, readLines } from '#platform/log/log-file';
import type { StudyLog } from './types.js';

export interface FileLogOptions {
  /** Seconds after which the lock of a process that has stopped is removed. Default 30. */
  readonly graceSeconds?: number | undefined;
}

/**
 * Log in a file: one line of JSON per entry, as Optuna's `JournalFileBackend` writes and reads it.
 *
 * Several processes may use one file, also with Optuna in Python beside them. Entries are appended under a lock, the
 * file `PATH.lock`, and written to the disk before `append` ends. A line that a killed process left unfinished is not
 * read, and the next writer removes it.
 *
 * @param path the file, which is created if it is missing; its folder must exist
 * @throws {RecsysError} `invalid-argument` in browsers, which open no paths: use `memoryLog`
 * @example
 * const study = await createStudy({ name: 'search', log: fileLog('search.log') });
 */
export function fileLog(path: string, { graceSeconds = 30 }: FileLogOptions = {}): StudyLog {
  assertNumber('fileLog(graceSeconds)', graceSeconds, { above: 0 });
  createIfMissing(path);
  /** Where the entry with this number begins. The newest few suffice, since studies read on where they ended. */
  const offsets = new Map<number, number>([[0, 0]]);
  const remember = (number: number, offset: number): void => {
    offsets.set(number, offset);
    if (offsets.size > 64) offsets.delete([...offsets.keys()].find((each) => each > 0)!);
  };

  async function read(from: number): Promise<readonly string[]> {
    const start = [...offsets.keys()].filter((each) => each <= from).reduce((one, other) => Math.max(one, other));
    const { lines, end } = await readLines(path, offsets.get(start)!);
    remember(start + lines.length, end);
    return lines.slice(from - start);
  }

  return {
    name: path,
    read,
    append: (entries, ifLength) =>
      appendUnderLock(path, entries, graceSeconds, async () => {
        if (ifLength === undefined) return true;
        return (await read(ifLength)).length === 0;
      }),
  };
}
