import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from '@footlight/tooling-vitest/find-browser';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openResultsFolder } from '../results-folder.js';
import { studies } from '../study/studies.fixture.js';
import { readStoredValues, renderReport } from './render-report.js';
import { sample, storedResults } from './sample.fixture.js';

const executablePath = findBrowser();
if (!executablePath)
  console.log('Skipped the report in a browser: no Chromium on the path, and FOOTLIGHT_BROWSER names none.');

describe.skipIf(!executablePath)('the report in a browser', () => {
  let folder: string;
  let browser: Browser;
  const pages = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footlight-report-'));
    const folderOfResults = openResultsFolder(storedResults);
    const results = await folderOfResults.read();
    const contents = {
      sample,
      stored: { ...sample, results, values: await readStoredValues(results, folderOfResults) },
      studies: { ...sample, results: [], values: [], recommendations: [], studies },
      empty: { ...sample, results: [], values: [], recommendations: [] },
    };
    for (const [name, content] of Object.entries(contents)) {
      pages.set(name, join(folder, `${name}.html`));
      await writeFile(pages.get(name)!, renderReport(content));
    }
    browser = await chromium.launch({ executablePath: executablePath! });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  /** Opens a page and records its console messages and requests. */
  async function open(
    name: string,
    width: number,
    colorScheme: 'light' | 'dark',
    { opened = true, height = 800, javaScriptEnabled = true } = {},
  ): Promise<{ page: Page; messages: string[]; requests: string[] }> {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, javaScriptEnabled });
    const [messages, requests]: [string[], string[]] = [[], []];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', ({ message }) => messages.push(message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(pages.get(name)!).href);
    if (opened)
      await page.evaluate(() => {
        for (const each of Array.from(document.querySelectorAll('details'))) each.open = true;
      });
    return { page, messages, requests };
  }

  const widths = [375, 1280];
  const schemes = ['light', 'dark'] as const;
  const views = widths.flatMap((width) => schemes.map((scheme) => [width, scheme] as const));

  for (const name of ['sample', 'stored', 'studies', 'empty'])
    it.each(views)(`shows ${name} at %i pixels, %s, without console messages or requests`, async (width, scheme) => {
      const { page, messages, requests } = await open(name, width, scheme);
      expect(messages).toEqual([]);
      expect(requests).toEqual([pathToFileURL(pages.get(name)!).href]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await page.evaluate(findProblems)).toEqual([]);
      const [text, ground] = await page.evaluate(() =>
        ['color', 'background-color'].map((property) =>
          getComputedStyle(document.documentElement).getPropertyValue(property),
        ),
      );
      expect(getLightness(ground!) > getLightness(text!)).toBe(scheme === 'light');
      await page.close();
    });

  it('shows all four figures of the write-up, each with a name and a description', async () => {
    const { page } = await open('sample', 375, 'light');
    // Two losses, with the penalty and without; two validation metrics.
    for (const [name, count] of [
      ['against β', 1],
      ['against width', 1],
      ['(validation) against training loss', 4],
      ['(test) against training loss', 2],
    ] as const)
      expect(await page.getByRole('img', { name }).count()).toBe(count);
    const snapshot = await page
      .getByRole('img', { name: 'against β' })
      .evaluate((image) => image.getAttribute('aria-describedby'));
    expect(await page.locator(`#${snapshot}`).textContent()).toContain('best after epoch');
    await page.close();
  });

  it('shows each kind of figure of a study, with its numbers behind a control of its own name', async () => {
    const { page } = await open('studies', 375, 'dark');
    for (const name of [
      'Optimization history',
      'Intermediate values',
      'Importance of the parameters',
      'Parallel coordinates',
      'by rate',
      'Pareto front',
      'Timeline',
    ]) {
      const [image, numbers] = [
        page.getByRole('img', { name }).first(),
        page.locator('summary', { hasText: name }).first(),
      ];
      await image.waitFor();
      await numbers.click();
      const table = numbers.locator('xpath=..').locator('table');
      await table.waitFor();
      expect(await table.locator('tbody tr').count()).toBeGreaterThan(0);
    }
    await page.close();
  });

  /** Where the details begin, in screens. */
  const measureScreens = (page: Page, height: number) =>
    page.evaluate((screen) => {
      const first = document.querySelector('details.details');
      return (first!.getBoundingClientRect().top + scrollY) / screen;
    }, height);

  it.each([
    [1440, 900],
    [375, 812],
  ])('says what was reproduced on at most six screens of %i by %i pixels', async (width, height) => {
    const { page } = await open('stored', width, 'light', { opened: false, height });
    expect(await page.locator('details.details[open]').count()).toBe(0);
    expect(await measureScreens(page, height)).toBeLessThanOrEqual(6);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.close();
  });

  it('can be read without its script', async () => {
    const { page, messages } = await open('sample', 375, 'light', { opened: false, javaScriptEnabled: false });
    expect(messages).toEqual([]);
    expect(await page.locator('.controls').isVisible()).toBe(false);
    expect(await page.locator('.board').first().getByText('200-vae').isVisible()).toBe(true);
    await page.getByRole('heading', { name: 'All results' }).click();
    expect(await page.getByRole('region', { name: /protocol 0123456789ab/ }).isVisible()).toBe(true);
    await page.close();
  });

  it('filters rows and figures, and sorts models and tables', async () => {
    const { page } = await open('sample', 1280, 'light', { opened: false });
    const rows = page.locator('.board tbody tr:visible');
    const before = await rows.allTextContents();
    await page.getByLabel('Models by').selectOption('name');
    const names = await rows.locator('th').allTextContents();
    expect(names.map((name) => name.split(' ')[0])).toEqual(['50-vae', '100-dae', '100-vae', '200-dae', '200-vae']);
    await page.getByLabel('Models by').selectOption('score');
    expect(await rows.allTextContents()).toEqual(before);
    await page.getByLabel('Filter').fill('200 NDCG');
    expect(await rows.count()).toBe(2);
    await page.getByLabel('Filter').fill('nothing of the kind');
    expect(await page.locator('.board:visible').count()).toBe(0);
    expect(await page.getByRole('status').textContent()).toMatch(/^0 of \d+ rows and figures$/);
    await page.getByLabel('Filter').fill('');
    await page.getByLabel('Verdict').selectOption('does not hold');
    expect(await page.locator('.claims tbody tr:visible .verdict').allTextContents()).toEqual(
      new Array(3).fill('✗ does not hold'),
    );
    await page.getByLabel('Verdict').selectOption('all');
    await page.getByRole('link', { name: 'All results' }).click();
    await page.getByRole('button', { name: 'ndcg@100 ± over seeds' }).click();
    const cells = page.locator('#results tbody').first().locator('tr th');
    expect((await cells.allTextContents())[0]).toBe('sample/grid-50-vae');
    await page.getByRole('button', { name: 'ndcg@100 ± over seeds' }).click();
    expect((await cells.allTextContents())[0]).toMatch(/grid-200/);
    await page.close();
  });

  it('lets a keyboard reach tables that are wider than the page', async () => {
    const { page } = await open('sample', 375, 'light');
    const box = page.getByRole('region', { name: /protocol 0123456789ab/ }).first();
    await box.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => box.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
    await page.close();
  });
});

/** Runs in the page: finds whatever readers could not see or reach. */
function findProblems(): string[] {
  const problems: string[] = [];
  const levels = Array.from(document.querySelectorAll('h1, h2, h3, h4'), ({ tagName }) => Number(tagName[1]));
  if (levels[0] !== 1 || levels.some((level, at) => at > 0 && level > levels[at - 1]! + 1))
    problems.push(`headings of levels ${levels}`);
  const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id);
  for (const id of new Set(ids))
    if (ids.filter((each) => each === id).length > 1) problems.push(`id ${id} more than once`);
  for (const link of Array.from(document.querySelectorAll('a[href^="#"]')))
    if (!ids.includes(link.getAttribute('href')!.slice(1)))
      problems.push(`a link without a target: ${link.textContent}`);
  for (const svg of Array.from(document.querySelectorAll('figure svg'))) {
    const name = svg.querySelector('title')?.textContent;
    const frame = svg.getBoundingClientRect();
    if (frame.width < 200 || frame.height < 60) problems.push(`${name}: ${frame.width} by ${frame.height} pixels`);
    if (!svg.querySelector('path, rect, line')) problems.push(`${name}: nothing drawn`);
    for (const text of Array.from(svg.querySelectorAll('text'))) {
      const { left, right, top, bottom, height } = text.getBoundingClientRect();
      if (left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1)
        problems.push(`${name}: "${text.textContent}" is cut off`);
      if (height > 0 && height < 9) problems.push(`${name}: "${text.textContent}" is ${height} pixels high`);
    }
  }
  return problems;
}

/** Lightness of a color such as `rgb(20, 23, 27)`. */
function getLightness(color: string): number {
  return color
    .match(/\d+/g)!
    .slice(0, 3)
    .reduce((sum, part) => sum + Number(part), 0);
}
