import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@footlight/engine';
import { archive } from '@footlight/movielens-latest-small';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlers } from './bundlers.js';
import { executablePath, openSite, type Site } from './open-site.js';
import type { StorageResult, StoredRun } from './storage.fixture.js';
import { train } from './train.fixture.js';

const call = <T>(page: Page, name: string, ...given: readonly unknown[]): Promise<T> =>
  page.evaluate(
    ([name, given]) => (globalThis as never as Record<string, (...given: unknown[]) => T>)[name]!(...given),
    [name, given] as const,
  );

const run = (page: Page, options: StoredRun): Promise<StorageResult> => call(page, 'run', options);

describe.skipIf(!executablePath)('checkpoints in a browser', () => {
  let site: Site;
  let context: BrowserContext;
  let losses: readonly number[];

  beforeAll(async () => {
    site = await openSite();
    const { code, problems } = await bundlers.esbuild(fileURLToPath(new URL('storage.fixture.ts', import.meta.url)));
    expect(problems).toEqual([]);
    await writeFile(join(site.folder, 'page.js'), code);
    site.files.set('/', '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>');
    site.files.set('/ml-latest-small.zip', await readFile(archive));
    context = await site.browser.newContext();
    await useBackend('cpu');
    losses = (await train(new Blob([await readFile(archive)]))).losses;
  }, 120_000);
  afterAll(() => site?.close());

  it.each(['opfs', 'indexedDb'])(
    'survive the end of the tab: %s',
    async (storage) => {
      const options = { storage, name: 'killed.safetensors' };
      for (let kill = 0; kill < 3; kill++) {
        const page = await site.open('/', context);
        const ended = run(page, { ...options, resume: kill > 0 }).catch((error: Error) => error.message);
        await page.waitForFunction(() => (globalThis as never as { countWrites(): number }).countWrites() > 2);
        const session = await context.newCDPSession(page);
        void session.send('Page.crash').catch(() => {}); // a page that has crashed does not answer
        expect(await ended).toMatch(/crash/i);
        await page.close();
      }
      const page = await site.open('/', context);
      expect(await run(page, { ...options, resume: true })).toEqual({ losses });
      if (storage === 'opfs') expect(await call(page, 'list')).toEqual(['killed.safetensors']);
      await page.close();
    },
    120_000,
  );

  it.each(['opfs', 'indexedDb'])(
    'are refused when they are damaged or in use: %s',
    async (storage) => {
      const options = { storage, name: 'a.safetensors' };
      const [page, other] = [await site.open('/', context), await site.open('/', context)];
      const working = run(page, options);
      await page.waitForFunction(() => (globalThis as never as { countWrites(): number }).countWrites() > 0);
      const refused = await run(other, options);
      expect(refused.code).toBe('locked');
      const location = storage === 'opfs' ? 'opfs:runs/a.safetensors' : 'indexeddb:footlight/a.safetensors';
      expect(refused.message).toBe(
        `runExperiment(checkpoint ${location}): expected no other run of it, received another one, in this ` +
          'page, another tab or a worker. Wait until it ends, or choose another checkpoint.',
      );
      expect(await working).toEqual({ losses });
      await call(other, 'damage', options);
      const damaged = await run(other, { ...options, resume: true });
      expect(damaged).toEqual({
        losses: [],
        code: 'file-damaged',
        message:
          'a.safetensors: expected a file that Footlight wrote, received one whose content does not match its ' +
          'checksum. Write or copy it again.',
      });
      await Promise.all([page.close(), other.close()]);
    },
    120_000,
  );

  it.each(['opfs', 'indexedDb'])(
    'say when the browser gives no more storage: %s',
    async (storage) => {
      const own = await site.browser.newContext();
      const page = await site.open('/', own);
      const session = await own.newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: site.address, quotaSize: 10_000 });
      const { code, message } = await run(page, { storage, name: 'full.safetensors' });
      expect(code).toBe('write-failed');
      expect(message?.replace(/(opfs|indexeddb):\S+?: /, '…: ')).toBe(
        'footlight: could not write …: the browser gives this site no more storage. Delete files of the site, or ' +
          'free space on the disk. An earlier file of this name is unchanged.',
      );
      await own.close();
    },
    120_000,
  );
});
