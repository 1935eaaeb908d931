export interface CompileOptions {
  /** Folder of the package. Default: `packageFolder`. */
  readonly folder?: string;
  /** Keep object files, so that the next call compiles only what has changed. Default false. */
  readonly incremental?: boolean;
  /** Called when the compilation of a file begins, with the number of files that have begun and of all. */
  readonly onProgress?: (begun: number, total: number) => void;
  /** Ends the compilation. */
  readonly signal?: AbortSignal;
}

export interface CompileFailure {
  /** Why there is no binary, in words. */
  readonly reason: string;
  /** What to do about it: one or two sentences. */
  readonly remedy: string;
}

/** Folder of this package. */
export const packageFolder: string;

/**
 * Compiles the kernels into the folder of this package, where `load` finds them. Needs a C++17 compiler, `make`, Python
 * and node-gyp, which is a part of npm. One process at a time may compile in a folder.
 *
 * @returns why there is no binary; `undefined` on success
 * @throws the reason of the signal, if it was aborted
 */
export function compile(options?: CompileOptions): Promise<CompileFailure | undefined>;
