/**
 * Log of studies: an append-only list of entries, each one line of JSON in Optuna's journal format.
 *
 * Workers agree by the order of the entries. A log may hold several studies.
 */
export interface StudyLog {
  /** What messages call it, e.g. the path of the file. */
  readonly name: string;
  /** Reads the entries from this number on. */
  read(from: number): Promise<readonly string[]>;
  /**
   * Appends entries, all of them or none.
   *
   * @param ifLength appends only if the log has that many entries now
   * @returns whether they were appended
   */
  append(entries: readonly string[], ifLength?: number): Promise<boolean>;
  /** Ends the connection to the log, where there is one; without it, the program would not end. */
  close?(): Promise<void>;
}
