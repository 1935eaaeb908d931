import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { archive } from '@footlight/movielens-latest-small';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteBundlers, writeSources } from './bundle-sites.js';
import { executablePath, openSite, type Site } from './open-site.js';
import type { WorkerResult } from './worker/page.fixture.js';

const sources = ['experiment', 'page', 'train.worker'].map((name) =>
  fileURLToPath(new URL(`worker/${name}.fixture.ts`, import.meta.url)),
);

describe.skipIf(!executablePath)('training in a worker', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
    site.files.set('/ml-latest-small.zip', await readFile(archive));
  }, 60_000);
  afterAll(() => site?.close());

  it.each(Object.entries(siteBundlers))(
    'reports its progress, ends when it is aborted, and gives a model: %s',
    async (name, bundle) => {
      const folder = join(site.folder, name);
      await mkdir(folder);
      await writeSources(folder, sources);
      expect(await bundle(folder, 'page.fixture.js', ['train.worker.fixture.js'])).toEqual([]);
      const page = await site.open(`/${name}/dist/page.html`);
      const result = await page.evaluate(() => (globalThis as never as { run(): Promise<WorkerResult> }).run());
      expect(result.losses).toHaveLength(3);
      expect(result.reported).toEqual(result.losses);
      expect(result.labels).toContain('train');
      expect(result.list).toHaveLength(5);
      expect([result.aborted, result.code]).toEqual(['enough', 'damaged-archive']);
      await page.close();
    },
    180_000,
  );
});
