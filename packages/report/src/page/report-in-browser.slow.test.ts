import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { studies } from '../study/studies.fixture.js';
import { createReportPages, executablePath, type ReportPages, readStoredContent } from './report-pages.fixture.js';
import { sample } from './sample.fixture.js';

if (!executablePath)
  console.log('Skipped the report in a browser: no Chromium on the path, and FOOTLIGHT_BROWSER names none.');

describe.skipIf(!executablePath)('the report in a browser', () => {
  let pages: ReportPages;
  const open: ReportPages['open'] = (...options) => pages.open(...options);

  beforeAll(async () => {
    pages = await createReportPages({
      sample,
      stored: await readStoredContent(),
      studies: { ...sample, results: [], values: [], recommendations: [], studies },
      empty: { ...sample, results: [], values: [], recommendations: [] },
    });
  });
  afterAll(() => pages?.close());

  const widths = [375, 1280];
  const schemes = ['light', 'dark'] as const;
  const views = widths.flatMap((width) => schemes.map((scheme) => [width, scheme] as const));

  for (const name of ['sample', 'stored', 'studies', 'empty'])
    it.each(views)(`shows ${name} at %i pixels, %s, without console messages or requests`, async (width, scheme) => {
      const { page, messages, requests } = await open(name, width, scheme);
      expect(messages).toEqual([]);
      expect(requests).toEqual([pages.getUrl(name)]);
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
      const table = numbers.locator('xpath=..').locator('table');
      await table.waitFor();
      expect(await table.locator('tbody tr').count()).toBeGreaterThan(0);
      await numbers.click(); // closes what was opened with the page
      await table.waitFor({ state: 'hidden' });
    }
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
