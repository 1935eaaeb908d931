import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@footlight/engine';
import { archive } from '@footlight/movielens-latest-small';
import { findBrowser } from '@footlight/tooling-vitest/find-browser';
import { createArtifact, loadArtifact } from '@footlight/trainer';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlers } from './bundlers.js';
import { model, type PageResult, train } from './train.fixture.js';

const executablePath = findBrowser();
if (!executablePath)
  console.log('Skipped training in a browser: no Chromium on the path, and FOOTLIGHT_BROWSER names none.');

describe.skipIf(!executablePath)('training in a browser', () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  const files = new Map<string, { readonly type: string; readonly content: Uint8Array | string }>();

  beforeAll(async () => {
    folder = await mkdtemp(fileURLToPath(new URL('../node_modules/.page-', import.meta.url)));
    const { code, problems } = await bundlers.esbuild(fileURLToPath(new URL('page.fixture.ts', import.meta.url)));
    expect(problems).toEqual([]);
    files.set('/', { type: 'text/html', content: '<!doctype html><script type="module" src="page.js"></script>' });
    files.set('/page.js', { type: 'text/javascript', content: code });
    files.set('/ml-latest-small.zip', { type: 'application/zip', content: await readFile(archive) });
    server = createServer(({ url = '' }, response) => {
      const file = files.get(url);
      response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await rm(folder, { recursive: true });
  });

  it("gets Node's numbers on the backend cpu, and each loads the other's saved model", async () => {
    await useBackend('cpu');
    const here = await train(new Blob([await readFile(archive)]));
    const saved = await createArtifact(here.recommender, { model }, { histories: false });
    files.set('/node.safetensors', {
      type: 'application/octet-stream',
      content: new Uint8Array(await saved.arrayBuffer()),
    });

    const page = await browser.newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', ({ message }) => messages.push(message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'run' in globalThis);
    const there: PageResult = await page.evaluate(() =>
      (globalThis as unknown as { run(): Promise<PageResult> }).run(),
    );

    expect(messages.filter((text) => !text.includes('favicon') && !text.includes('404'))).toEqual([]);
    expect(there.backend).toBe('cpu');
    expect(there.losses).toEqual(here.losses);
    expect(there.metrics).toEqual(here.metrics);
    expect(there.list).toEqual(here.list);
    expect(there.listOfNode).toEqual(await here.recommender.recommend({ history: [1, 260] }, 5));
    expect(there.turns).toBeGreaterThan(0); // the page had its turn while it trained
    expect(there.aborted).toBe('AbortError');
    const loaded = await loadArtifact(new Blob([Uint8Array.from(there.artifact)]), model);
    expect(await loaded.recommend({ user: 1 }, 5)).toEqual(here.list);
  }, 120_000);
});
