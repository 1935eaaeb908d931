// structure: every command, in one program
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

const experiments = fileURLToPath(new URL('../../../apps/benchmarks/experiments', import.meta.url));
const results = fileURLToPath(new URL('../../../apps/benchmarks/results', import.meta.url));

describe('footlight', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());

  it('documents its commands and exit codes', async () => {
    const { code, stdout } = await line.footlight('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('130  interrupted');
    for (const command of ['run', 'list', 'table', 'compare', 'report', 'recommend', 'predict', 'models', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it('prints its version', async () => {
    expect(await line.footlight('--version')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it('lists experiments with what was measured, published and has to be downloaded', async () => {
    const { code, stdout } = await line.footlight('list', 'talk', '--experiments', experiments, '--data', line.folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^\| talk\/factorization-adaptive +\| movielens-100k.* \| 5 MB +\| mrr \(never run\) +\| mrr 0.11 +\|$/m,
    );
    expect(stdout).not.toContain('triplet/');
    const stored = await line.footlight(
      'list',
      'talk/*adaptive',
      '--experiments',
      experiments,
      '--results',
      results,
      '--json',
    );
    expect(JSON.parse(stored.stdout)).toMatchObject({
      experiment: 'talk/factorization-adaptive',
      metrics: ['mrr'],
      measured: { mrr: { mean: expect.any(Number) } },
      published: { mrr: 0.11 },
    });
  });

  it('finds the folders of a project upwards, and marks what was never run', async () => {
    const project = join(line.folder, 'project');
    await mkdir(join(project, 'experiments/deep'), { recursive: true });
    await writeFile(join(project, 'footlight.config.mjs'), "export default { results: './stored' };\n");
    await writeFile(join(project, 'experiments/shared.mjs'), 'export const seed = 3;\n');
    await writeFile(
      join(project, 'experiments/deep/mine.mjs'),
      `import { seed } from '../shared.mjs';
export default {
  dataset: { name: 'mine', protocol: {}, columns: { ratings: false, timestamps: true } },
  split: { name: 'leave-last-out' }, metrics: [{ name: 'mrr' }], model: { name: 'popularity' }, seed,
};\n`,
    );
    const { stdout } = await line.runIn(join(project, 'experiments/deep'), 'list');
    expect(stdout).toMatchInlineSnapshot(`
      "| experiment | dataset | model      | download | measured        | published |
      | ---------- | ------- | ---------- | -------- | --------------- | --------- |
      | deep/mine  | mine    | popularity | none     | mrr (never run) | –         |
      "
    `);
    const unknown = await line.runIn(project, 'run', 'deep/other');
    expect(unknown.stderr).toContain('received deep/other.');
    const wrong = join(project, 'wrong');
    await mkdir(wrong);
    await writeFile(join(wrong, 'footlight.config.mjs'), "export default { experiment: './wrong' };\n");
    expect(await line.runIn(wrong, 'list')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("expected export default { experiments: './experiments', results: './results',"),
    });
  });

  it('suggests experiments of similar names', async () => {
    const { code, stdout, stderr } = await line.footlight(
      'run',
      'latest-small/popularty',
      '--experiments',
      experiments,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatchInlineSnapshot(`
      "Expected the name of an experiment, received latest-small/popularty. Did you mean latest-small/popularity?
      "
    `);
  });

  it('says how to name experiments where there is no project', async () => {
    const { code, stderr } = await line.footlight('run', 'talk/popularity');
    expect(code).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "talk/popularity: expected a file, or an experiment of a project, received neither. Name a file such as ./popularity.ts, a folder with --experiments, or the folder in footlight.config.js: export default { experiments: './experiments' }.
      "
    `);
    expect(await line.footlight('list')).toMatchObject({ code: 2 });
  });

  it('says which file of an experiment is missing or exports none', async () => {
    await writeFile(join(line.folder, 'none.mjs'), 'export const seed = 1;\n');
    const [missing, none] = [await line.footlight('run', './missing.ts'), await line.footlight('run', 'none.mjs')];
    expect([missing.code, none.code]).toEqual([3, 2]);
    expect(missing.stderr).toMatchInlineSnapshot(`
      "…/missing.ts: expected a file, received none. Check the path.
      "
    `);
    expect(none.stderr).toMatchInlineSnapshot(`
      "…/none.mjs: expected a default export made by defineExperiment, received none. Write export default defineExperiment({ … }).
      "
    `);
  });

  it('says which file has an experiment that does not fit together', async () => {
    const text = `import { defineExperiment } from ${JSON.stringify(import.meta.resolve('@footlight/trainer'))};
export default defineExperiment({ metrics: [] });\n`;
    await writeFile(join(line.folder, 'wrong.mjs'), text);
    const { code, stderr } = await line.footlight('run', 'wrong.mjs');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^…\/wrong\.mjs: defineExperiment\(metrics\): expected at least one metric, received none\./,
    );
  });

  it('refuses options that would have no effect', async () => {
    const { code, stderr } = await line.footlight(
      'run',
      'talk/popularity',
      '--epochs',
      '3',
      '--experiments',
      experiments,
    );
    expect(code).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "footlight run: expected --table along with --epochs, received none. Experiments choose their own components.
      "
    `);
  });

  it('says where to put what cannot be downloaded', async () => {
    const fetch = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed'));
    const { code, stdout, stderr } = await line.footlight(
      ...['run', 'talk/popularity', '--experiments', experiments, '--backend', 'cpu'],
      ...['--data', join(line.folder, 'no-data'), '--results', join(line.folder, 'no-results')],
    );
    fetch.mockRestore();
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^ml-100k\.zip: expected …\/no-data\/ml-100k\.zip .* put it there.*\.\n$/);
  });

  it('explains components and their options', async () => {
    expect((await line.footlight('models', 'ials')).stdout).toMatchInlineSnapshot(`
      "ials (solver)
        iALS: alternating least squares for implicit feedback
          dim                length of the vectors (integer, default 64)
          regularization     penalty λ on the vectors, from 0 (number, default 0.01)
          confidence         weight α of an interaction over none, above 0 (number, default 40)
          unobservedWeight   weight of the zeros in the objective of iALS revisited, above 0 (number,
                             default that with confidence)
          frequencyExponent  exponent of the frequencies that the penalty is scaled by, from 0 (number,
                             default 0)
          iterations         alternations between users and items (integer, default 15)
          steps              conjugate gradient steps per vector and iteration (integer, default 3)
      "
    `);
    expect((await line.footlight('losses', 'bprr')).stderr).toMatchInlineSnapshot(`
      "footlight losses: expected one of bpr, sigmoid-bpr, pointwise, logistic, hinge, adaptive-hinge, warp, sampled-softmax, gbce, info-nce, bpr-max, top1-max, softmax, multinomial, squared, poisson, logistic-rating, received bprr. Did you mean bpr?
      "
    `);
    const listed = await line.footlight('losses', '--json');
    expect(
      listed.stdout
        .trim()
        .split('\n')
        .map((each) => JSON.parse(each).name),
    ).toContain('bpr');
  });
});

describe('footlight on a terminal of 80 columns', () => {
  it('lists experiments in columns that fit', async () => {
    const line = await createCommandLine({ columns: 80 });
    const folders = ['--experiments', experiments, '--results', results];
    const { stdout } = await line.footlight('list', ...folders);
    expect(Math.max(...stdout.split('\n').map((each) => each.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain('|');
    expect(stdout).toMatch(/^talk\/popularity +mrr +0\.\d{4} +– /m);
    const markdown = await line.footlight('list', 'talk', '--markdown', '--experiments', experiments);
    expect(markdown.stdout).toMatch(/^\| experiment/);
    await line.remove();
  });
});
