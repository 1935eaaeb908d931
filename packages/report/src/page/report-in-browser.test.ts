import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openResultsFolder } from '../results-folder.js';
import { readStoredValues, renderReport } from './render-report.js';
import { sample, storedResults } from './sample.fixture.js';

/** FOOTLIGHT_BROWSER, or a Chromium on the path. */
function browserPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const candidates = [
    process.env.FOOTLIGHT_BROWSER ?? [],
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
  ].flat();
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const executablePath = browserPath();
if (!executablePath)
  console.log('The report was not looked at: no Chromium on the path (FOOTLIGHT_BROWSER names one elsewhere).');

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
      empty: { ...sample, results: [], values: [], recommendations: [] },
    };
    for (const [name, content] of Object.entries(contents)) {
      pages.set(name, join(folder, `${name}.html`));
      await writeFile(pages.get(name)!, await renderReport(content));
    }
    browser = await chromium.launch({ executablePath: executablePath! });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  /** Opens a page and hears what it says and asks for. */
  async function open(
    name: string,
    width: number,
    colorScheme: 'light' | 'dark',
  ): Promise<{ page: Page; heard: string[]; asked: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const [heard, asked]: [string[], string[]] = [[], []];
    page.on('console', (message) => heard.push(message.text()));
    page.on('pageerror', ({ message }) => heard.push(message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(pages.get(name)!).href);
    return { page, heard, asked };
  }

  const widths = [375, 1280];
  const schemes = ['light', 'dark'] as const;
  const views = widths.flatMap((width) => schemes.map((scheme) => [width, scheme] as const));

  for (const name of ['sample', 'stored', 'empty'])
    it.each(views)(
      `shows ${name} results at %i pixels, %s, without a word on the console or a request`,
      async (width, scheme) => {
        const { page, heard, asked } = await open(name, width, scheme);
        expect(heard).toEqual([]);
        expect(asked).toEqual([pathToFileURL(pages.get(name)!).href]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        expect(await page.evaluate(brokenParts)).toEqual([]);
        const [text, ground] = await page.evaluate(() =>
          ['color', 'background-color'].map((property) =>
            getComputedStyle(document.documentElement).getPropertyValue(property),
          ),
        );
        expect(lightness(ground!) > lightness(text!)).toBe(scheme === 'light');
        await page.close();
      },
    );

  it('has all four figures of the write-up, each with a name and a description', async () => {
    const { page } = await open('sample', 375, 'light');
    // Two losses, with the penalty and without; two metrics on the validation part.
    for (const [name, count] of [
      ['against β', 1],
      ['against width', 1],
      ['(validation) against loss', 4],
      ['(test) against loss', 2],
    ] as const)
      expect(await page.getByRole('img', { name }).count()).toBe(count);
    const snapshot = await page
      .getByRole('img', { name: 'against β' })
      .evaluate((image) => image.getAttribute('aria-describedby'));
    expect(await page.locator(`#${snapshot}`).textContent()).toContain('best after epoch');
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

/** Runs in the page: what nobody could read. */
function brokenParts(): string[] {
  const complaints: string[] = [];
  const levels = Array.from(document.querySelectorAll('h1, h2, h3, h4'), ({ tagName }) => Number(tagName[1]));
  if (levels[0] !== 1 || levels.some((level, at) => at > 0 && level > levels[at - 1]! + 1))
    complaints.push(`headings of levels ${levels}`);
  const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id);
  for (const id of new Set(ids))
    if (ids.filter((each) => each === id).length > 1) complaints.push(`id ${id} more than once`);
  for (const link of Array.from(document.querySelectorAll('a[href^="#"]')))
    if (!ids.includes(link.getAttribute('href')!.slice(1))) complaints.push(`a link to nothing: ${link.textContent}`);
  for (const svg of Array.from(document.querySelectorAll('figure svg'))) {
    const name = svg.querySelector('title')?.textContent;
    const frame = svg.getBoundingClientRect();
    if (frame.width < 200 || frame.height < 60) complaints.push(`${name}: ${frame.width} by ${frame.height} pixels`);
    if (!svg.querySelector('path, rect, line')) complaints.push(`${name}: nothing drawn`);
    for (const text of Array.from(svg.querySelectorAll('text'))) {
      const { left, right, top, bottom, height } = text.getBoundingClientRect();
      if (left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1)
        complaints.push(`${name}: "${text.textContent}" is cut off`);
      if (height > 0 && height < 9) complaints.push(`${name}: "${text.textContent}" is ${height} pixels high`);
    }
  }
  return complaints;
}

/** Of a colour such as `rgb(20, 23, 27)`. */
function lightness(colour: string): number {
  return colour
    .match(/\d+/g)!
    .slice(0, 3)
    .reduce((sum, part) => sum + Number(part), 0);
}
