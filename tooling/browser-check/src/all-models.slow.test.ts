import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@footlight/engine';
import * as library from '@footlight/models';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelResult } from './all-models/page.fixture.js';
import { round } from './all-models/round.fixture.js';
import { loadAndAnswer, models, trainAndSave } from './all-models/train.fixture.js';
import { bundlers } from './bundlers.js';
import { executablePath, openSite, type Site } from './open-site.js';

describe.skipIf(!executablePath)('a saved model', () => {
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    site = await openSite();
    const { code } = await bundlers.esbuild(fileURLToPath(new URL('all-models/page.fixture.ts', import.meta.url)));
    await writeFile(join(site.folder, 'page.js'), code);
    site.files.set('/', '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>');
    page = await site.open();
    await useBackend();
  }, 120_000);
  afterAll(() => site?.close());

  it('is tried of every kind that the package has', () => {
    const functions = Object.keys(library).filter((name) => !/summar/i.test(name));
    expect(Object.keys(models)).toEqual(functions.sort());
  });

  it.each(Object.keys(models))(
    'answers in a browser as in Node, and the other way round: %s',
    async (name) => {
      const here = await trainAndSave(name);
      site.files.set(`/${name}.safetensors`, new Uint8Array(await here.artifact.arrayBuffer()));
      const there = await page.evaluate(
        (model) => (globalThis as never as { run(name: string): Promise<ModelResult> }).run(model),
        name,
      );
      expect(here.answers.some((each) => typeof each !== 'string')).toBe(true);
      expect(there.answersOfNode).toEqual(round(here.answers));
      const loaded = await loadAndAnswer(name, new Blob([Uint8Array.from(there.artifact)]));
      expect(loaded).toEqual(round(there.answers));
    },
    120_000,
  );
});
