import type { SpawnOptions } from 'node:child_process';

/** How a program ended, and what it printed to pipes. */
export interface ChildResult {
  /** Its exit code, or 128 + the signal, as a shell does. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they came. */
  readonly output: string;
}

export declare function runProgram(
  command: string,
  args: readonly string[],
  options?: SpawnOptions,
): Promise<ChildResult>;
export declare function runInterruptibly(script: () => Promise<void>): Promise<void>;
