/** What happens to one operation on a file. */
export type FileFault =
  /** The process ends before, in the middle of or after the operation: nothing after it has an effect. */
  | { readonly crash: 'before' | 'within' | 'after' }
  /** The operation fails with an error of the system, `partly` after half of the bytes of a write. */
  | { readonly code: string; readonly partly?: boolean }
  /** A write accepts no more than so many bytes. */
  | { readonly bytes: number };

/** Stands between this process and the files of a folder. */
export interface InterceptedFiles {
  /** What was done so far, e.g. `rename results/own.json`, in order. */
  readonly operations: readonly string[];
  /** Whether the process has ended, as far as the folder is concerned. */
  readonly crashed: boolean;
  restore(): void;
}

/** Error of every operation after a crash. */
export declare class CrashError extends Error {}

/**
 * Intercepts the operations by which this process changes files of a folder: counts them, and has the disk fill up or
 * the process end at any of them. The end of a process is simulated: from then on no operation has an effect.
 */
export declare function interceptFiles(
  folder: string,
  decide?: (operation: { readonly number: number; readonly operation: string }) => FileFault | undefined,
): InterceptedFiles;
