import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@footlight/engine';
import { expectClose } from '@footlight/engine/testing';
import { archive } from '@footlight/movielens-latest-small';
import { findBrowser } from '@footlight/tooling-vitest/find-browser';
import { createArtifact, loadArtifact } from '@footlight/trainer';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlers } from './bundlers.js';
import { model, type PageResult, type TrainingResult, train, trainMore } from './train.fixture.js';

/** Headers with which a page may share memory between threads. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

interface Case {
  readonly name: string;
  /** Absent where the page chooses. */
  readonly backend?: 'cpu' | 'wasm-relaxed';
  readonly path: string;
  readonly reason: RegExp;
}

/** Expects the results of two engines of JavaScript to be equal but for rounding. */
function expectSame(actual: TrainingResult, expected: TrainingResult, isRelaxed: boolean): void {
  expectClose(actual.losses, expected.losses);
  expect(Object.keys(actual.metrics)).toEqual(Object.keys(expected.metrics));
  expectClose(Object.values(actual.metrics), Object.values(expected.metrics));
  expectSameList(actual.list, expected.list, isRelaxed);
}

/** What fused multiply-add rounds otherwise adds up over the steps, and may swap items of almost equal scores. */
function expectSameList(actual: TrainingResult['list'], expected: TrainingResult['list'], isRelaxed = false): void {
  if (!isRelaxed) expect(actual.map(({ item }) => item)).toEqual(expected.map(({ item }) => item));
  expectClose(
    actual.map(({ score }) => score),
    expected.map(({ score }) => score),
    isRelaxed ? 1e-4 : 1e-5,
  );
}

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
    const content = '<!doctype html><script type="module" src="page.js"></script>';
    files.set('/', { type: 'text/html', content }).set('/isolated', { type: 'text/html', content });
    files.set('/page.js', { type: 'text/javascript', content: code });
    files.set('/ml-latest-small.zip', { type: 'application/zip', content: await readFile(archive) });
    server = createServer(({ url = '' }, response) => {
      const file = files.get(url);
      const headers = { 'content-type': file?.type ?? 'text/plain', ...(url === '/isolated' ? isolation : {}) };
      response.writeHead(file ? 200 : 404, headers).end(file?.content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await rm(folder, { recursive: true });
  });

  it.each<Case>([
    { name: 'the backend cpu', backend: 'cpu', path: '/', reason: /^plain JavaScript$/ },
    { name: 'WebAssembly', path: '/', reason: /^WebAssembly with SIMD, 1 thread$/ },
    { name: 'WebAssembly with threads', path: '/isolated', reason: /^WebAssembly with SIMD, (?!1 )\d+ threads$/ },
    {
      ...{ name: 'WebAssembly with relaxed SIMD', backend: 'wasm-relaxed', path: '/isolated' },
      reason: /^WebAssembly with relaxed SIMD, (?!1 )\d+ threads$/,
    },
  ])(
    "gets Node's numbers on $name, and each loads the other's saved model",
    async ({ backend, path, reason }) => {
      await useBackend(backend === 'cpu' ? 'cpu' : 'wasm'); // this Node may lack relaxed SIMD
      const own = new Blob([await readFile(archive)]);
      const here = await train(own);
      const saved = await createArtifact(here.recommender, { model }, { histories: false });
      files.set('/node.safetensors', {
        type: 'application/octet-stream',
        content: new Uint8Array(await saved.arrayBuffer()),
      });

      const page = await browser.newPage();
      const messages: string[] = [];
      page.on('console', (message) => messages.push(message.text()));
      page.on('pageerror', ({ message }) => messages.push(message));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
      await page.waitForFunction(() => 'run' in globalThis);
      const there = await page.evaluate(
        (name) => (globalThis as unknown as { run(name?: string): Promise<PageResult> }).run(name),
        backend,
      );
      await page.close();

      expect(messages.filter((text) => !text.includes('favicon') && !text.includes('404'))).toEqual([]);
      expect(there.reason).toMatch(reason);
      expect(there.backend).toBe(backend ?? 'wasm');
      const isRelaxed = backend === 'wasm-relaxed';
      expectSame(there, here, isRelaxed);
      const more = await trainMore(own);
      expect(there.more.length).toBe(more.length);
      there.more.forEach((result, at) => void expectSame(result, more[at]!, isRelaxed));
      expectSameList(there.listOfNode, await here.recommender.recommend({ history: [1, 260] }, 5));
      expect(there.turns).toBeGreaterThan(0); // the page had its turn while it trained
      expect(there.aborted).toBe('AbortError');
      const loaded = await loadArtifact(new Blob([Uint8Array.from(there.artifact)]), model);
      expectSameList(await loaded.recommend({ user: 1 }, 5), here.list);
    },
    400_000,
  );
});
