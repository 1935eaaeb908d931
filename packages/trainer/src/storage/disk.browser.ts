import { invalid } from '@footlight/core';

/** The last part of a path or an address. */
export function getBaseName(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}

/** Browsers have no paths: what follows refuses them. */
export function hasFile(path: string): boolean {
  return refusePath(path);
}

export function isSameFile(one: string, other: string): boolean {
  return one === other;
}

export async function writeBytes(path: string, _pieces: readonly Uint8Array[]): Promise<void> {
  refusePath(path);
}

export async function readBytes(path: string): Promise<Uint8Array> {
  return refusePath(path);
}

export function hashFile(path: string): string {
  return refusePath(path);
}

function refusePath(path: string): never {
  return invalid(
    'path',
    'a Blob',
    `the path ${path}`,
    'Browsers open no paths: createArtifact makes a Blob, and loadArtifact takes one.',
  );
}
