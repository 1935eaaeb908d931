// structure: one page is built and opened for all of it
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { useBackend } from '@footlight/engine';
import { archive } from '@footlight/movielens-latest-small';
import { findBrowser } from '@footlight/tooling-vitest/find-browser';
import { loadArtifact, runExperiment, saveArtifact } from '@footlight/trainer';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models } from './choices/models.js';
import { createSettings } from './choices/settings.js';
import { createDataset } from './sources/create-dataset.js';
import { createExperiment } from './training/create-experiment.js';

const executablePath = findBrowser();
if (!executablePath) console.log('No Chromium here: the tests of the playground are skipped.');

const root = fileURLToPath(new URL('..', import.meta.url));
const likes = ['Matrix, The (1999)', 'Fight Club (1999)'];
/** Two cores that do other work as well need more than the 15 seconds within which a quiet machine shows a list. */
const timeout = 90_000;

describe.skipIf(!executablePath)('the playground', () => {
  let folder: string;
  let server: PreviewServer;
  let browser: Browser;
  let address: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footlight-playground-'));
    await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
    server = await preview({ root, build: { outDir: folder }, preview: { port: 0, host: '127.0.0.1' } });
    address = server.resolvedUrls!.local[0]!;
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** Opens the page, which trains its first model; what it reports as an error is kept. */
  async function open(hash = '', context?: BrowserContext): Promise<{ page: Page; errors: string[] }> {
    const page = await (context ?? (await browser.newContext())).newPage();
    page.setDefaultTimeout(timeout);
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(address + hash);
    return { page, errors };
  }
  const like = async (page: Page, title: string): Promise<void> => {
    await page.getByLabel('Search titles').fill(title);
    await page.getByRole('list', { name: 'Found', exact: true }).getByRole('button', { name: title }).click();
    await page.getByRole('button', { name: `${title}, remove` }).waitFor();
  };
  const readList = (page: Page, column = 0): Promise<string[]> =>
    page.getByRole('article').nth(column).locator('ol .title').allTextContents();
  /** The list after it has changed from `before`. */
  const readChangedList = async (page: Page, before: readonly string[], column = 0): Promise<string[]> => {
    let now = await readList(page, column);
    while (now.length === 0 || now.join() === before.join()) {
      await page.waitForTimeout(50);
      now = await readList(page, column);
    }
    return now;
  };

  it('trains, changes the list at every click, saves, opens, compares, and draws a map', async () => {
    const { page, errors } = await open();
    const begin = Date.now();
    await like(page, likes[0]!);
    const first = await readChangedList(page, []);
    console.log({ secondsToTheFirstList: (Date.now() - begin) / 1000 });
    expect(first.length).toBe(12);
    await like(page, likes[1]!);
    const second = await readChangedList(page, first);
    expect(second).not.toContain(likes[1]);
    expect(await page.getByText('because of').count()).toBeGreaterThan(0);

    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save' }).click();
    const saved = await (await downloading).path();
    const { recommender } = await openInNode(saved);
    const history = likes.map((title) => recommender.findItem(title));
    expect((await recommender.recommend({ history }, 12)).map(({ title }) => title)).toEqual(second);

    await page.locator('form select').first().selectOption('popularity');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByRole('button', { name: 'Compare with another model' }).click();
    await page.getByRole('article').nth(1).locator('ol').waitFor();
    expect(new Set([(await readList(page, 0)).join(), (await readList(page, 1)).join()]).size).toBe(2);

    await page.getByRole('article').nth(0).locator('select').selectOption({ index: 0 });
    const canvas = page.locator('canvas.map');
    await canvas.waitFor();
    await page.getByLabel('Find on the map').fill('toy story');
    await page.getByRole('list', { name: 'Found on the map' }).getByRole('button').first().click();
    await page.getByText('Nearest to Toy Story').waitFor();
    expect(errors).toEqual([]);
    await page.close();
  }, 240_000);

  it('answers with a model that Node trained, with the same list', async () => {
    await useBackend('cpu');
    const settings = { ...createSettings('factorization'), epochs: 1, dim: 8 };
    const data = createDataset({ kind: 'movielens', file: new Blob([Uint8Array.from(await readFile(archive))]) });
    const experiment = createExperiment(settings, data);
    const { recommender, protocol } = await runExperiment(experiment);
    const path = join(folder, 'node.safetensors');
    await saveArtifact(path, recommender, { model: experiment.model, protocol });

    const { page, errors } = await open();
    await page.getByRole('article').waitFor();
    await page.getByLabel('Open a saved model').setInputFiles(path);
    await page
      .getByRole('heading', { name: 'node.safetensors' })
      .or(page.locator('option', { hasText: 'node.safetensors' }))
      .first()
      .waitFor({ state: 'attached' });
    for (const title of likes) await like(page, title);
    const history = likes.map((title) => recommender.findItem(title));
    const expected = (await recommender.recommend({ history }, 12)).map(({ title }) => title);
    while ((await readList(page)).join() !== expected.join()) await page.waitForTimeout(50);

    await page
      .getByLabel('Open a saved model')
      .setInputFiles({ name: 'x.safetensors', mimeType: '', buffer: Buffer.from('no model') });
    expect(await page.getByRole('alert').textContent()).toContain('x.safetensors');
    expect(errors).toEqual([]);
    await page.close();
  }, 240_000);

  it('takes settings from the address and a file of one’s own', async () => {
    const { page } = await open('#model=ease&loss=bpr');
    expect(await page.getByRole('alert').textContent()).toContain(
      'The address names the loss “bpr”, which ease does not take.',
    );
    const text = [
      'who;"what; exactly"',
      ...Array.from({ length: 400 }, (_, at) => `u${at % 40};thing ${(at * 7 + (at >> 3)) % 23}`),
    ];
    const path = join(folder, 'own.csv');
    await writeFile(path, `${text.join('\n')}\n`);
    await page.getByLabel(/Use a CSV file/).setInputFiles(path);
    await page.getByLabel('Column of the users').selectOption('who');
    await page.getByLabel('Column of the items').selectOption('what; exactly');
    await page.getByRole('button', { name: 'Train on own.csv' }).click();
    await page.getByRole('button', { name: 'thing 3', exact: true }).click();
    expect((await readChangedList(page, [])).every((title) => title.startsWith('thing '))).toBe(true);
    expect(page.url()).toContain('#model=ease');
    await page.close();
  }, 240_000);

  it('works offline after the first visit, with threads', async () => {
    const context = await browser.newContext();
    const { page } = await open('', context);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout });
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('article').waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await context.close();
  }, 240_000);

  it('can be used with a screen reader and by keyboard, in light and dark, wide and narrow', async () => {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 390],
    ] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const { page } = await open('#model=popularity', context);
      await page.getByRole('article').waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.getByLabel('Search titles').focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.locator('.chip[aria-pressed=true]').count()).toBeGreaterThan(0);
      await context.close();
    }
  }, 240_000);

  it('loads at most 1.5 MB without the data', async () => {
    const { page } = await open();
    await page.getByRole('article').waitFor();
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    const paths = loaded.map((name) => new URL(name).pathname.slice(1)).filter((path) => !path.endsWith('.zip'));
    // A worker's own modules are no resources of the page: everything that is built counts, which is more.
    const workers = ['train.worker', 'project.worker'];
    expect(paths.some((path) => path.includes(workers[0]!))).toBe(true);
    const sizes = await Promise.all(
      paths.map(async (path) => gzipSync(await readFile(join(folder, path || 'index.html'))).length),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    console.log({ megabytesInGzip: bytes / 1e6 });
    expect(bytes).toBeLessThan(1.5e6);
    await page.close();
  }, 240_000);
});

/** Opens what the page has saved, with the model of the first settings. */
async function openInNode(path: string) {
  await useBackend('cpu');
  return { recommender: await loadArtifact(path, models.factorization.create(createSettings('factorization'))) };
}
