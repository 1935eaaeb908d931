import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '@footlight/tooling-vitest/find-browser';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Path of Chromium; `undefined` if there is none, so that the tests of a browser are skipped. */
export const executablePath: string | undefined = findBrowser();
if (!executablePath)
  console.log('Skipped what runs in a browser: no Chromium on the path, and FOOTLIGHT_BROWSER names none.');

/** A site on this machine, and a browser that visits it. */
export interface Site {
  /** Files of the site; those in a folder of the site are served without it. */
  readonly files: Map<string, Uint8Array | string>;
  /** The folder whose files are served as well. It lies inside of this workspace, so that imports are found. */
  readonly folder: string;
  readonly address: string;
  readonly browser: Browser;
  /** Opens a page of the site and waits until its script has run; errors of the page end the test. */
  open(path?: string, context?: BrowserContext): Promise<Page>;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '': 'text/html' };

/** Serves files and starts a browser, with further arguments for its command line. */
export async function openSite(...more: string[]): Promise<Site> {
  const files = new Map<string, Uint8Array | string>();
  const folder = await mkdtemp(fileURLToPath(new URL('../node_modules/.site-', import.meta.url)));
  const server = createServer(async ({ url = '' }, response) => {
    const path = url.replace(/\?.*/, '');
    const content = files.get(path) ?? (await readFile(join(folder, path)).catch(() => undefined));
    const type = types[extname(path)] ?? 'application/octet-stream';
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': type }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = ['--no-sandbox', '--enable-precise-memory-info', '--js-flags=--expose-gc', ...more];
  const browser = await chromium.launch({ executablePath: executablePath!, args });
  return {
    files,
    folder,
    address,
    browser,
    async open(path = '/', context = browser.contexts()[0]) {
      const page = await (context ?? (await browser.newContext())).newPage();
      page.on('pageerror', (error) => console.error(error));
      page.on('console', (message) => message.type() === 'error' && console.error(message.text(), message.location()));
      await page.goto(address + path);
      await page.waitForFunction(() => 'run' in globalThis);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
