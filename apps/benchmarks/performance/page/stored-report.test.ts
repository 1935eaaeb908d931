import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawFigure } from '@footlight/report';
import { describe, expect, it } from 'vitest';
import { createFigures } from '../engine/measure-scaling.js';
import { engine } from '../engine/suite.js';
import { engineWasm } from '../engine/wasm-suite.js';
import { reading } from '../reading/suite.js';
import { createPage, getResultsFolder, readStoredReport } from './stored-report.js';

const stored = [engine, engineWasm, reading].filter((suite) => existsSync(getResultsFolder(suite)));

describe.each(stored)('stored report of $name', (suite) => {
  it('has a page and figures that agree with the results', async () => {
    const folder = getResultsFolder(suite);
    const report = (await readStoredReport(suite, []))!;
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe(createPage(suite, report));
    for (const figure of report.scaling.flatMap(createFigures))
      expect(await readFile(join(folder, `${figure.id}.svg`), 'utf8')).toBe(drawFigure(figure));
  });
});

describe('readStoredReport', () => {
  it('needs results of all cases', async () => {
    const cases = await engine.createCases({ names: [], ratings: 0 });
    expect(await readStoredReport(engine, cases)).toBeDefined();
    const other = { ...cases[0]!, name: 'a case that was never measured' };
    expect(await readStoredReport(engine, [...cases, other])).toBeUndefined();
  });
});
