import type { StudyLog } from './types.js';

/** Log in memory. */
export interface MemoryLog extends StudyLog {
  /** All entries as the text of a file, which `fileLog` and Optuna read. */
  toText(): string;
}

/**
 * Log in the memory of this process. It is the default, and serves browsers, which have no files.
 *
 * @param text the text of an earlier log, which is continued
 * @example
 * const log = memoryLog();
 * await createStudy({ name: 'search', log });
 * log.toText(); // '{"op_code":0,"worker_id":"…","study_name":"search","directions":[1]}\n'
 */
export function memoryLog(text = ''): MemoryLog {
  const entries = text.split('\n').slice(0, -1); // what follows the last newline is a torn line
  return {
    name: 'memory',
    read: async (from) => entries.slice(from),
    async append(more, ifLength = entries.length) {
      if (ifLength !== entries.length) return false;
      entries.push(...more);
      return true;
    },
    toText: () => entries.map((entry) => `${entry}\n`).join(''),
  };
}
