import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from '@footlight/tooling-vitest/find-browser';
import { chromium, type Page } from 'playwright-core';
import type { ClaimGroup } from '../claims/claim.js';
import { openResultsFolder } from '../results-folder.js';
import { type ReportContent, readStoredValues, renderReport } from './render-report.js';
import { sample, storedResults } from './sample.fixture.js';

/** The browser of the tests; undefined where there is none. */
export const executablePath: string | undefined = findBrowser();

interface OpenOptions {
  /** Whether all folded parts are opened. Default true. */
  readonly opened?: boolean;
  readonly height?: number;
  readonly javaScriptEnabled?: boolean;
}

/** Pages in a browser. */
export interface ReportPages {
  /** Opens a page and records its console messages and requests. */
  open(
    name: string,
    width: number,
    colorScheme: 'light' | 'dark',
    options?: OpenOptions,
  ): Promise<{ page: Page; messages: string[]; requests: string[] }>;
  getUrl(name: string): string;
  close(): Promise<void>;
}

/** Renders reports into a folder of their own, and starts a browser. */
export async function createReportPages(contents: Readonly<Record<string, ReportContent>>): Promise<ReportPages> {
  const folder = await mkdtemp(join(tmpdir(), 'footlight-report-'));
  const getUrl = (name: string) => pathToFileURL(join(folder, `${name}.html`)).href;
  for (const [name, content] of Object.entries(contents))
    await writeFile(join(folder, `${name}.html`), renderReport(content));
  const browser = await chromium.launch({ executablePath: executablePath! });
  return {
    async open(name, width, colorScheme, { opened = true, height = 800, javaScriptEnabled = true } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, javaScriptEnabled });
      const page = await context.newPage();
      const [messages, requests]: [string[], string[]] = [[], []];
      page.on('console', (message) => messages.push(message.text()));
      page.on('pageerror', ({ message }) => messages.push(message));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(getUrl(name));
      if (opened)
        await page.evaluate(() => {
          for (const each of Array.from(document.querySelectorAll('details'))) each.open = true;
        });
      return { page, messages, requests };
    },
    getUrl,
    async close() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The stored results of the benchmarks and their claims. */
export async function readStoredContent(): Promise<ReportContent> {
  const folder = openResultsFolder(storedResults);
  const results = await folder.read();
  const url = pathToFileURL(join(storedResults, '../claims.ts')).href;
  const { default: claims } = (await import(/* @vite-ignore */ url)) as { readonly default: readonly ClaimGroup[] };
  return { ...sample, results, values: await readStoredValues(results, folder), claims };
}
