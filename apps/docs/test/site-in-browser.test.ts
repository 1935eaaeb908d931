import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findBrowser } from '@footlight/tooling-vitest/find-browser';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBuiltPages } from '../src/links.js';
import { app, site } from '../src/paths.js';
import { answerFrom } from './answer-from.js';
import { findDefects } from './find-defects.js';

const executablePath = findBrowser();
if (!executablePath)
  console.log('The site was not opened: no Chromium on the path (FOOTLIGHT_BROWSER names one elsewhere).');

const desktop = { width: 1280, height: 900 };
const phone = { width: 375, height: 800 };
const screenshots = join(app, 'node_modules/.cache/screenshots');
/** In an order that changes one thing at a time. */
const views = [
  [desktop, 'light'],
  [desktop, 'dark'],
  [phone, 'dark'],
  [phone, 'light'],
] as const;
/** Pages opened at the same time. */
const tabs = 2;

/** Pages of single functions and types are many and alike: they are opened by links, which loads no page anew. */
const isMember = (address: string): boolean =>
  /^\/api\/.+\/(functions|variables|classes|interfaces|type-aliases)\//.test(address);

/** Follows a link to a page, as readers do. */
async function follow(page: Page, address: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.body.appendChild(document.createElement('a'));
    link.href = href;
    link.click();
    link.remove();
  }, address);
  await page.waitForFunction(
    (name) => document.querySelector('.vp-doc')?.classList.contains(name),
    address.replace(/[./]+/g, '_'),
  );
}

/** Runs in the page: nothing is fetched before it is needed, as for readers who save data. */
const saveData = (): void => void Object.defineProperty(navigator, 'connection', { value: { saveData: true } });

describe.skipIf(!executablePath)('the site in a browser', () => {
  // The playground is no page of VitePress; `apps/playground` tests it.
  const addresses = [...readBuiltPages(site).keys()].filter((address) => address !== '/playground/');
  let browser: Browser;
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    server = createServer(answerFrom(site)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: executablePath! });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** A page that reports what goes wrong in it. */
  async function openTab(): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: desktop, reducedMotion: 'reduce' });
    await page.addInitScript(saveData);
    const problems: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', ({ message }) => problems.push(`error: ${message}`));
    page.on('request', (request) => {
      if (!/^(data:|blob:)/.test(request.url()) && new URL(request.url()).origin !== origin)
        problems.push(`request to another host: ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
    });
    return { page, problems };
  }

  async function load(page: Page, address: string): Promise<void> {
    await page.goto(origin + address);
    await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}));
  }

  it(`shows each of ${addresses.length} pages on a desktop and a phone, light and dark`, async () => {
    const waiting = [...addresses];
    const found: string[] = [];
    const work = async (): Promise<void> => {
      const { page, problems } = await openTab();
      await load(page, '/api/');
      for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
        await (isMember(address) ? follow(page, address) : load(page, address));
        for (const [viewport, colorScheme] of views) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme });
          const defects = await page.evaluate(findDefects, colorScheme);
          found.push(...defects.map((defect) => `${address} (${viewport.width} pixels, ${colorScheme}): ${defect}`));
        }
        found.push(...problems.splice(0).map((problem) => `${address}: ${problem}`));
      }
      await page.close();
    };
    await Promise.all(Array.from({ length: tabs }, work));
    expect(found).toEqual([]);
  });

  it('renders equations, tables and figures', async () => {
    const { page, problems } = await openTab();
    await page.goto(`${origin}/api/losses/functions/bprLoss`);
    expect(await page.locator('.equation .katex').count()).toBeGreaterThan(0);
    await page.goto(`${origin}/reproductions/triplet`);
    expect(await page.locator('figure svg').count()).toBeGreaterThan(1);
    await page.goto(`${origin}/reproductions/mult-vae`);
    expect(await page.locator('table').count()).toBeGreaterThan(5);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('finds bprLoss, and opens its page', async () => {
    const { page, problems } = await openTab();
    await load(page, '/');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('.VPLocalSearchBox input').fill('bprLoss');
    const first = page.locator('.VPLocalSearchBox .result').first();
    // Results of earlier letters may still stand there.
    await expect.poll(() => first.textContent(), { timeout: 20_000 }).toContain('bprLoss');
    await first.click();
    await page.waitForURL(/\/api\/losses\/functions\/bprLoss/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('opens the playground, which shows a first list', async () => {
    const { page, problems } = await openTab();
    await load(page, '/');
    await page.getByRole('link', { name: 'Playground' }).first().click();
    await page.getByRole('article').waitFor({ timeout: 120_000 });
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    ['home', '/'],
    ['getting-started', '/guide/getting-started'],
    ['choosing-a-model', '/guide/choosing-a-model'],
    ['command-line', '/guide/command-line'],
    ['speed', '/guide/speed'],
    ['talk', '/reproductions/talk'],
    ['mult-vae', '/reproductions/mult-vae'],
    ['bpr-loss', '/api/losses/functions/bprLoss'],
    ['factorization', '/api/models/functions/factorization'],
    ['losses', '/api/losses/'],
  ])('takes pictures of %s', async (name, address) => {
    const { page } = await openTab();
    await page.goto(origin + address);
    for (const [size, viewport] of Object.entries({ desktop, phone }))
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(screenshots, `${name}-${size}-${colorScheme}.png`) });
      }
    await page.close();
  });
});
