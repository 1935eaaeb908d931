import type { TrialRecord } from '../types.js';
import { type JournalJson, stringifyJournal } from './journal-json.js';
import type { Entry } from './operations.js';
import { createReplay, type Replay } from './replay.js';
import type { StudyLog } from './types.js';

export type NewEntry = Omit<Entry, 'worker_id'>;

/** This worker's connection to a log: its replayed state, and entries on their way. */
export interface Journal {
  readonly replay: Replay;
  /** Reads what other workers have appended. */
  refresh(): Promise<void>;
  /** Appends an entry soon, together with others; `flush` waits for it. */
  write(entry: NewEntry): void;
  /** Waits until all entries are in the log and all of the log has been read. */
  flush(): Promise<void>;
  /**
   * Appends entries that follow from the whole log, all or none: `plan` runs again if another worker was faster.
   *
   * @returns the trial that the entries began; `undefined` if there was no plan, or they begin none
   */
  decide(plan: () => NewEntry | readonly NewEntry[] | undefined): Promise<TrialRecord | undefined>;
}

/** Opens a log for one worker. */
export async function openJournal(log: StudyLog): Promise<Journal> {
  const worker = createWorkerId();
  const replay = createReplay(worker, log.name);
  const waiting: string[] = [];
  let last: Promise<unknown> = Promise.resolve();

  /** One access to the log at a time, in the order of the calls. */
  const exclusively = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  const encode = (entry: NewEntry): string => {
    const { op_code, ...fields } = entry;
    return stringifyJournal({ op_code, worker_id: worker, ...fields } as unknown as JournalJson);
  };
  const read = async () => replay.apply(await log.read(replay.length));
  const append = async (): Promise<void> => {
    const batch = waiting.splice(0);
    if (batch.length === 0) return;
    try {
      await log.append(batch);
    } catch (cause) {
      waiting.unshift(...batch); // the next flush tries again
      throw cause;
    }
  };

  const journal: Journal = {
    replay,
    refresh: () => exclusively(async () => void (await read())),
    write(entry) {
      waiting.push(encode(entry));
      if (waiting.length === 1) exclusively(append).catch(() => undefined); // the next flush reports it
    },
    flush: () =>
      exclusively(async () => {
        await append();
        await read();
      }),
    decide: (plan) =>
      exclusively(async () => {
        await append();
        for (;;) {
          await read();
          const entries = [plan() ?? []].flat();
          if (entries.length === 0) return undefined;
          if (await log.append(entries.map(encode), replay.length)) return (await read())[0];
        }
      }),
  };
  await journal.refresh();
  return journal;
}

/** Text that no other worker has. */
function createWorkerId(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
