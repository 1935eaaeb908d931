import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

const timed = ['--time', 'timestamp'];
const small = ['--dim', '5'];

describe('footlight compare, table and report', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());
  const run = (results: string, ...more: readonly string[]) => line.footlight(...line.runTable(results, ...more));

  it('compares experiments of one protocol by user, and shows the fields of protocols that differ', async () => {
    for (const [model, ...more] of [
      ['factorization', ...small, '--epochs', '2'],
      ['popularity'],
      ['random', '--split', 'random'],
    ])
      expect(await run('compared', ...timed, '--model', model!, ...more)).toMatchObject({ code: 0 });
    const compare = (other: string, ...more: readonly string[]) =>
      line.footlight('compare', 'own/likes-factorization', other, '--results', join(line.folder, 'compared'), ...more);
    const { code, stdout } = await compare('own/likes-popularity', '--json');
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.map((each) => JSON.parse(each))).toMatchObject(
      ['ndcg@10', 'recall@20', 'mrr'].map((metric) => ({ metric, users: 53 })),
    );
    const differing = await compare('own/likes-random');
    expect(differing).toMatchObject({ code: 4, stdout: '' });
    expect(differing.stderr.replace(/\b[0-9a-f]{8}\b/, '…')).toMatchInlineSnapshot(`
      "footlight compare: expected experiments of one protocol, received two that differ in these fields. Compare experiments that agree.

      field             own/likes-factorization-bpr-leave-last-out-       own/likes-random-random-…
                        …
      ────────────────  ────────────────────────────────────────────────  ────────────────────────────────
      split.name        "leave-last-out"                                  "at-random"
      split.validation  true                                              absent
      split.test        absent                                            0.2
      split.rounding    absent                                            "largest-remainder"
      split.seed        absent                                            42
      "
    `);
  });

  it('refuses to put two protocols into one table, and names the field that differs', async () => {
    const stored = join(line.folder, 'compared');
    const apart = await line.footlight('table', '--results', stored);
    const together = await line.footlight('table', 'own/likes-popularity', 'own/likes-random', '--results', stored);
    expect(apart.code).toBe(0);
    expect(apart.stdout.match(/^\| own/gm)).toHaveLength(3);
    expect(together).toMatchObject({ code: 4, stdout: '' });
    expect(together.stderr).toMatch(
      /^footlight table: .* which differ in split\.name: .* for one table per protocol\.\n$/,
    );
  });

  it('writes a report of stored results, and says what to run where there are none', async () => {
    const [stored, page] = [join(line.folder, 'reported'), join(line.folder, 'report.html')];
    const report = (...more: string[]) =>
      line.footlight('report', ...more, '--results', stored, '--output', page, '--no-recommendations');
    expect(await report()).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(page, 'utf8')).toContain('<h2 id="results-title">No results yet</h2>');
    await run('reported', ...timed, ...small, '--epochs', '3');
    const [all, unknown] = [await report('own/likes-factorization'), await report('own/likes-popularity')];
    expect(all).toMatchObject({ code: 0, stderr: '' });
    expect(all.stdout).toMatch(/^…\/report\.html: 1 experiment, 2 figures, \d+ KiB\n$/);
    const [figures, pattern] = [join(line.folder, 'figures'), 'own/likes-fact*'];
    expect(await report(pattern, '--figures', figures)).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(join(figures, 'README.md'), 'utf8')).toContain(`footlight report '${pattern}' --figures`);
    expect((await report('*/none')).stderr).toContain('a pattern that names of results match');
    const text = await readFile(page, 'utf8');
    for (const title of ['Training loss', 'recall@20 against popularity'])
      expect(text).toContain(`-title">${title}, own data · leave-last-out</title>`);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('received own/likes-popularity.');
  });
});
