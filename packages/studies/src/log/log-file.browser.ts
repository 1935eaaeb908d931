import { invalid } from '@footlight/core';

/** Browsers have no paths: what follows refuses them. */
export function createIfMissing(path: string): void {
  refusePath(path);
}

export async function readLines(path: string, _offset: number): Promise<{ lines: string[]; end: number }> {
  return refusePath(path);
}

export async function appendUnderLock(
  path: string,
  _entries: readonly string[],
  _graceSeconds: number,
  _mayAppend: () => Promise<boolean>,
): Promise<boolean> {
  return refusePath(path);
}

function refusePath(path: string): never {
  return invalid(
    'fileLog(path)',
    'a program in Node',
    `the path ${path} in a browser`,
    'Use memoryLog() and store its toText().',
  );
}
