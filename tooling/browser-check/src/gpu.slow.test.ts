import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@footlight/engine';
import { expectClose } from '@footlight/engine/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { round } from './all-models/round.fixture.js';
import { trainAndSave } from './all-models/train.fixture.js';
import { bundlers } from './bundlers.js';
import type { GpuBackend, GpuResult } from './gpu/page.fixture.js';
import { executablePath, openSite, type Site } from './open-site.js';

/** Chromium computes on SwiftShader, a GPU in software, which is slow. */
const swiftshader = [
  '--use-angle=swiftshader',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-webgpu',
  '--use-vulkan=swiftshader',
  '--enable-features=Vulkan', // else a page cannot read synchronously what WebGPU computed
];

const call = <T>(page: Page, name: string, ...given: readonly string[]): Promise<T> =>
  page.evaluate(
    ([name, given]) => (globalThis as never as Record<string, (...given: readonly string[]) => T>)[name]!(...given),
    [name, given] as const,
  );

/** A table and its rows, a closed form, a recurrent layer, products with a catalogue. */
const cases: readonly (readonly [GpuBackend, string])[] = [
  ['webgpu', 'factorization'],
  ['webgpu', 'ease'],
  ['webgpu', 'sequenceGru'],
  ['webgpu', 'multDae'],
  ['webgl', 'factorization'],
  ['webgl', 'ease'],
];

describe.skipIf(!executablePath)('backends of a GPU in a browser', () => {
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    site = await openSite(...swiftshader);
    const { code, problems } = await bundlers.esbuild(fileURLToPath(new URL('gpu/page.fixture.ts', import.meta.url)));
    expect(problems).toEqual([]);
    await writeFile(join(site.folder, 'page.js'), code);
    site.files.set('/', '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>');
    page = await site.open();
    await useBackend();
  }, 120_000);
  afterAll(() => site?.close());

  const skipWithoutAdapter = async (backend: GpuBackend, skip: (reason: string) => void): Promise<void> => {
    if (!(await call<boolean>(page, 'hasAdapter', backend))) skip(`this browser offers no adapter for ${backend}`);
  };

  it.for(cases)(
    "%s has Node's numbers, and answers with a model that Node saved: %s",
    { timeout: 600_000 },
    async ([backend, name], { skip }) => {
      await skipWithoutAdapter(backend, skip);
      const here = await trainAndSave(name);
      site.files.set(`/${name}.safetensors`, new Uint8Array(await here.artifact.arrayBuffer()));
      const there = await call<GpuResult>(page, 'run', backend, name);
      expect(there.backend).toBe(backend);
      expectClose(there.losses, here.losses, 1e-4);
      expect(Object.keys(there.metrics)).toEqual(Object.keys(here.metrics));
      expectClose(Object.values(there.metrics), Object.values(here.metrics), 1e-4);
      expect(there.answers).toEqual(round(here.answers));
      expect(there.answersOfNode).toEqual(round(here.answers));
    },
  );

  it.for(['webgpu', 'webgl'] as const)(
    '%s explains what it cannot do, and works on',
    { timeout: 120_000 },
    async (backend, { skip }) => {
      await skipWithoutAdapter(backend, skip);
      const [tooLarge, missing, after] = await call<string[]>(page, 'fail', backend);
      expect(tooLarge).toMatch(
        backend === 'webgpu'
          ? /^webgpu: expected tensors of at most \d+ bytes, which is what this device allows, received 2143289344 /
          : /^Requested texture size \[\d+x\d+\] greater than WebGL maximum/,
      );
      expect(missing).toMatch(/SparseSegmentSum.* not registered for the backend|no error: 2/);
      expect(after).toBe('no error: 2');
    },
  );
});
