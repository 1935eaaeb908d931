import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

describe('claims of footlight report and footlight table', () => {
  let line: CommandLine;
  let names: string[];
  const writeClaims = (file: string, text: string) => writeFile(join(line.folder, file), `export default ${text};\n`);
  const report = (file: string) =>
    line.footlight(
      ...['report', '--results', 'results', '--claims', file, '--no-recommendations', '--output', 'page.html'],
    );

  beforeAll(async () => {
    line = await createCommandLine();
    for (const model of ['popularity', 'random'])
      expect((await line.footlight(...line.runTable('results', '--model', model, '--seeds', '2'))).code).toBe(0);
    const files = await readdir(join(line.folder, 'results/own'));
    names = files.filter((file) => !file.endsWith('.values.json')).map((file) => `own/${file.replace('.json', '')}`);
  }, 120_000);
  afterAll(() => line.remove());

  it('are tested, in the page and in the file of tables', async () => {
    const [popularity, random] = ['popularity', 'random'].map(
      (model) => names.find((name) => name.includes(`likes-${model}`))!,
    );
    const metric = 'ndcg@10';
    const claim = { statement: 'popular <items> win', better: popularity, than: random, metric };
    await writeClaims('claims.mjs', JSON.stringify([{ title: 'Ours', claims: [claim] }]));
    expect(await report('claims.mjs')).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(join(line.folder, 'page.html'), 'utf8')).toContain('popular &lt;items&gt; win');
    await writeFile(join(line.folder, 'page.md'), '<!-- results -->\n<!-- end -->\n');
    const table = ['table', '--results', 'results', '--claims', 'claims.mjs', '--into', 'page.md'];
    expect((await line.footlight(...table)).code).toBe(0);
    expect(await readFile(join(line.folder, 'page.md'), 'utf8')).toMatch(/Ours +\| popular .*items.* win/);
  }, 60_000);

  it('are refused with their place', async () => {
    await writeClaims('one.mjs', '[{ title: "Ours", claims: [{ statement: "s", better: "a", than: "b" }] }]');
    expect((await report('one.mjs')).stderr).toContain(
      'group 0 (Ours), claim 0: metric: expected a text, received undefined.',
    );
    await writeClaims(
      'two.mjs',
      '[{ title: "Ours", claims: [{ statement: "s", better: "a", than: "b", metric: "mrr" }] }]',
    );
    expect((await report('two.mjs')).stderr).toContain('expected the name of an experiment in "s", received a.');
  }, 60_000);
});
