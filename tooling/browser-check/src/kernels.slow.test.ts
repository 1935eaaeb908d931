import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlers } from './bundlers.js';
import { type KernelsResult, multiply } from './kernels.fixture.js';
import { executablePath } from './open-site.js';

/** The headers that isolate a page from others, which threads require. */
const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

type Functions = Record<'multiply' | 'multiplyInWorker', (options: { threads: number }) => Promise<KernelsResult>>;

const call = (page: Page, name: keyof Functions, threads: number): Promise<KernelsResult> =>
  page.evaluate(([name, threads]) => (globalThis as unknown as Functions)[name]({ threads }), [name, threads] as const);

describe.skipIf(!executablePath)('kernels in a browser', () => {
  let server: Server;
  let browser: Browser;
  let expected: number;

  beforeAll(async () => {
    const { code, problems } = await bundlers.esbuild(
      fileURLToPath(new URL('kernels-page.fixture.ts', import.meta.url)),
    );
    expect(problems).toEqual([]);
    ({ checksum: expected } = await multiply({ threads: 1 }));
    server = createServer(({ url = '' }, response) => {
      const isScript = url.endsWith('.js');
      response.writeHead(200, {
        'content-type': isScript ? 'text/javascript' : 'text/html',
        ...(url.startsWith('/isolated/') ? isolation : {}),
      });
      response.end(
        isScript ? code : '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(folder: string) {
    const page = await browser.newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', ({ message }) => messages.push(message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${folder}/`);
    await page.waitForFunction(() => 'multiply' in globalThis);
    return { page, messages };
  }

  it.each(['multiply', 'multiplyInWorker'] as const)(
    "have threads and Node's bytes in an isolated page: %s",
    async (name) => {
      const { page, messages } = await open('isolated');
      for (const threads of [1, 2, 3]) {
        const result = await call(page, name, threads);
        expect(result).toMatchObject({ threads, checksum: expected });
      }
      expect(messages).toEqual([]);
    },
    120_000,
  );

  it.each(['multiply', 'multiplyInWorker'] as const)(
    "have one thread and Node's bytes in another page: %s",
    async (name) => {
      const { page, messages } = await open('plain');
      const result = await call(page, name, 3);
      expect(result).toMatchObject({ threads: 1, checksum: expected });
      expect(result.limitBytes).toBeGreaterThan(2 ** 27);
      expect(messages).toEqual([]);
    },
    120_000,
  );
});
