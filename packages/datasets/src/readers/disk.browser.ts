import { invalid } from '@footlight/core';
import type { Inspected, RandomAccess } from './random-access.js';

/** The last part of a path or an address. */
export function getBaseName(path: string): string {
  return path.replace(/[/\\]+$/, '').replace(/^.*[/\\]/, '');
}

/** Refuses a path: browsers open no files. */
export async function inspectPath(path: string): Promise<Inspected> {
  return refusePath(path);
}

/** Refuses a path: browsers open no files. */
export function openPath(path: string): RandomAccess {
  return refusePath(path);
}

function refusePath(path: string): never {
  return invalid(
    'path',
    'a file of the page',
    `the path ${path}`,
    'Browsers open no paths: pass a File, a Blob or what fetch returned as `file`.',
  );
}
