import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '@footlight/tooling-vitest/find-browser';
import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Measurement } from '../measure/benchmark-case.js';
import type { PageProgram, PageRequest, PageWork } from './page-process.js';

/** A page in a headless Chromium that has prepared a work. */
export interface MeasuredPage extends PageWork {
  run(): Promise<Measurement>;
}

export interface Chromium {
  /** Opens a page and prepares a work there. With more than one thread the page is cross-origin isolated. */
  open(request: PageRequest): Promise<MeasuredPage>;
  close(): Promise<void>;
}

/** Headers with which a page may share memory between threads. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

const types: Readonly<Record<string, string>> = {
  '/page.js': 'text/javascript',
  '/': 'text/html',
  '/isolated': 'text/html',
};
const html = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';

/** Whether there is a Chromium: on the path, or in `FOOTLIGHT_BROWSER`. */
export const hasChromium: boolean = findBrowser() !== undefined;

/** Serves a site with these files, by path, and starts a headless Chromium that visits it. */
export async function openChromium(data: Readonly<Record<string, Uint8Array>> = {}): Promise<Chromium> {
  const files: Record<string, string | Uint8Array> = {
    '/': html,
    '/isolated': html,
    '/page.js': bundlePage(),
    ...data,
  };
  const server = createServer(async ({ url = '' }, response) => {
    const content = url.startsWith('/tfjs/') ? await readTfjsFile(url) : files[url];
    const headers = {
      'content-type': types[url] ?? (url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream'),
      ...(url === '/isolated' ? isolation : {}),
    };
    response.writeHead(content === undefined ? 404 : 200, headers).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath: findBrowser()!, args: ['--no-sandbox'] });
  return {
    async open(request) {
      const context = await browser.newContext();
      // Footlight starts as many threads as there are processors, TensorFlow.js at most half as many.
      const processors = request.threads * (request.backend === 'tfjs-wasm' ? 2 : 1);
      const script = `Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => ${processors} })`;
      await context.addInitScript(script);
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(error));
      await page.goto(address + (request.threads > 1 ? '/isolated' : '/'));
      await page.waitForFunction(() => 'runWork' in globalThis);
      const work = await page.evaluate((each) => (globalThis as unknown as PageProgram).prepareWork(each), request);
      return { ...work, run: () => page.evaluate(() => (globalThis as unknown as PageProgram).runWork()) };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

let bundle: string | undefined;

/** Bundles the program of the page, once. */
function bundlePage(): string {
  bundle ??= buildSync({
    entryPoints: [fileURLToPath(new URL('page-process.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['@footlight/source'],
    logLevel: 'error',
  }).outputFiles[0]!.text;
  return bundle;
}

async function readTfjsFile(path: string): Promise<Uint8Array | undefined> {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  return readFile(join(folder, basename(path))).catch(() => undefined);
}
