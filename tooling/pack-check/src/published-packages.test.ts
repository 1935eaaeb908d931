import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  listEntryPoints,
  listPeers,
  listPlainEntryPoints,
  type Manifest,
  readPublishedPackages,
} from './published-packages.js';

describe('readPublishedPackages', () => {
  it('leaves private packages out', () => {
    const root = mkdtempSync(join(tmpdir(), 'published-'));
    for (const [name, hidden] of [
      ['open', false],
      ['hidden', true],
    ] as const) {
      mkdirSync(join(root, 'packages', name), { recursive: true });
      writeFileSync(join(root, 'packages', name, 'package.json'), JSON.stringify({ name, private: hidden }));
    }
    expect(readPublishedPackages(root).map(({ manifest }) => manifest.name)).toEqual(['open']);
    rmSync(root, { recursive: true });
  });
});

const manifest: Manifest = {
  name: '@footlight/datasets',
  version: '1.2.3',
  exports: { '.': {}, './testing': {}, './arquero': {}, './package.json': '' },
  peerDependencies: { arquero: '8', vitest: '4', '@tensorflow/tfjs-core': '4' },
  peerDependenciesMeta: { arquero: { optional: true }, vitest: { optional: true } },
};

it('lists what can be imported', () => {
  expect(listEntryPoints(manifest)).toEqual([
    '@footlight/datasets',
    '@footlight/datasets/testing',
    '@footlight/datasets/arquero',
  ]);
});

it('lists what can be imported without optional peers', () => {
  expect(listPlainEntryPoints(manifest)).toEqual(['@footlight/datasets']);
});

it('tells optional peers from the others', () => {
  expect(listPeers(manifest, true)).toEqual(['arquero', 'vitest']);
  expect(listPeers(manifest, false)).toEqual(['@tensorflow/tfjs-core']);
});
