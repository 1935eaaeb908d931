import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReportPages, executablePath, type ReportPages, readStoredContent } from './report-pages.fixture.js';
import { sample } from './sample.fixture.js';

if (!executablePath)
  console.log('Skipped the first screens of the report: no Chromium on the path, and FOOTLIGHT_BROWSER names none.');

describe.skipIf(!executablePath)('the first screens of the report', () => {
  let pages: ReportPages;
  const open: ReportPages['open'] = (...options) => pages.open(...options);

  beforeAll(async () => {
    pages = await createReportPages({ sample, stored: await readStoredContent() });
  });
  afterAll(() => pages?.close());

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
    expect(await page.getByRole('rowheader', { name: '200-vae' }).first().isVisible()).toBe(true);
    await page.getByRole('heading', { name: 'All results' }).click();
    expect(await page.getByRole('region', { name: /protocol 0123456789ab/ }).isVisible()).toBe(true);
    await page.close();
  });

  it('filters rows and figures, and sorts models and tables', async () => {
    const { page } = await open('sample', 1280, 'light', { opened: false });
    const rows = page.locator('.board tbody tr:visible');
    const before = await rows.allTextContents();
    await page.locator('select[name=order]').selectOption('name');
    const names = await rows.locator('th').allTextContents();
    expect(names.map((name) => name.split(' ')[0])).toEqual(['50-vae', '100-dae', '100-vae', '200-dae', '200-vae']);
    await page.locator('select[name=order]').selectOption('score');
    expect(await rows.allTextContents()).toEqual(before);
    await page.locator('input[name=query]').fill('200 NDCG');
    expect(await rows.count()).toBe(2);
    await page.locator('input[name=query]').fill('nothing of the kind');
    expect(await page.locator('.board:visible').count()).toBe(0);
    expect(await page.getByRole('status').textContent()).toMatch(/^0 of \d+ rows and figures$/);
    await page.locator('input[name=query]').fill('');
    await page.locator('select[name=verdict]').selectOption('does not hold');
    expect(await page.locator('.claims tbody tr:visible .verdict').allTextContents()).toEqual(
      new Array(3).fill('✗ does not hold'),
    );
    await page.locator('select[name=verdict]').selectOption('all');
    await page.getByRole('link', { name: 'All results' }).click();
    await page.getByRole('button', { name: 'ndcg@100 ± over seeds' }).click();
    const cells = page.locator('#results tbody').first().locator('tr th');
    expect((await cells.allTextContents())[0]).toBe('sample/grid-50-vae');
    await page.getByRole('button', { name: 'ndcg@100 ± over seeds' }).click();
    expect((await cells.allTextContents())[0]).toMatch(/grid-200/);
    await page.close();
  });

  it.each([
    ['sample', 375, 'light'],
    ['sample', 375, 'dark'],
    ['stored', 1440, 'light'],
    ['stored', 1440, 'dark'],
  ] as const)('has no findings of axe: %s, %i pixels, %s', async (name, width, scheme) => {
    const { page } = await open(name, width, scheme, { opened: false });
    // Its elements number hundreds of thousands, which axe reads one by one.
    await page.evaluate(removeDetails);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)])).toEqual([]);
    await page.close();
  });
});

/** Runs in the page: leaves nothing of the details but their headings. */
function removeDetails(): void {
  for (const each of Array.from(document.querySelectorAll('details.details > :not(summary)'))) each.remove();
}
