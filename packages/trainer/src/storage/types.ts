/**
 * A file in some storage, which is replaced as a whole: a file on disk, in the origin private file system or a database
 * of a browser, or in memory. A storage of your own (a bucket, a key-value store) is an object with these functions.
 */
export interface StoredFile {
  /** Name for messages, e.g. `talk.safetensors`. */
  readonly name: string;
  /** Where it is; two objects with the same location are the same file. */
  readonly location: string;
  /** Its content; `undefined` if there is no such file. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * Replaces its content, or creates it. Whoever ends meanwhile (a process, a page) leaves the content as it was.
   *
   * @throws {RecsysError} `write-failed`, e.g. if there is no space left; the earlier content is then unchanged
   */
  write(pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<void>;
  /** Deletes it, if it exists. */
  remove(): Promise<void>;
  /**
   * Does work while no other run uses the file: none of this process or page, and none of another.
   *
   * @throws {RecsysError} `locked` if another run uses it
   */
  lock<T>(work: () => Promise<T>): Promise<T>;
  /** The file beside it whose name ends with `ending`. */
  withEnding(ending: string): StoredFile;
}
