/** Where text goes: `process.stdout`, or something that collects it in a test. */
export interface Output {
  write(text: string): unknown;
  /** Whether people read it on a terminal. */
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  /** The error after which nothing can be written, e.g. because the reader has closed the pipe. */
  readonly errored?: Error | null;
}

/** What a command gets from the process that runs it. */
export interface Context {
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Ends what is running. */
  readonly signal: AbortSignal;
  /** Takes over SIGHUP, which else ends what is running; absent where a command does not get signals. */
  readonly onHangUp?: (reload: () => void) => void;
  /** For results. */
  readonly out: Output;
  /** For progress and errors. */
  readonly err: Output;
}

/** Columns that a table may fill, or undefined where Markdown is printed. */
export function getWidth({ isTTY, columns }: Output): number | undefined {
  return isTTY ? (columns ?? 80) : undefined;
}
