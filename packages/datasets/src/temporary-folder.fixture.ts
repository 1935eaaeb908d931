import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRng } from '@footlight/core';
import { strToU8, zipSync } from 'fflate';
import { onTestFinished } from 'vitest';
import type { LoadOptions } from './types.js';

/** A folder that is deleted after the test. */
export function createTemporaryFolder(files: Record<string, Uint8Array | string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export function zipFiles(files: Record<string, Uint8Array | string>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content]),
    ),
  );
}

/** Options to load from a folder; synthetic sources draw with seed 1. */
export function loadFrom(directory: string): LoadOptions {
  return { rng: createRng(1), directory };
}

/** The message of the error that is thrown, with the temporary folder as `<folder>`. */
export async function catchMessage(promise: Promise<unknown>, folder = ''): Promise<string> {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (reason: Error) => reason,
  );
  return folder === '' ? error.message : error.message.replaceAll(folder, '<folder>');
}
