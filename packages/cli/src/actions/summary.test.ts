import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../command-line.fixture.js';

let line: CommandLine;
beforeAll(async () => {
  line = await createCommandLine();
});
afterAll(() => line.remove());

describe('footlight summary', () => {
  it('lists the parameters of --model', async () => {
    const { code, stdout } = await line.footlight(
      ...['summary', '--model', 'factorization', '--dim', '5', '--users', '53', '--items', '31', '--backend', 'cpu'],
    );
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "factorization(5), 53 users, 31 items: 504 parameters (2.0 kB)

      | parameter       | shape   | count |
      | --------------- | ------- | ----: |
      | user/weight     | [53, 5] |   265 |
      | item/weight     | [31, 5] |   155 |
      | userBias/weight | [53, 1] |    53 |
      | itemBias/weight | [31, 1] |    31 |
      | total           |         |   504 |
      "
    `);
  });

  it('lists what a saved model holds', async () => {
    const path = join(line.folder, 'model.safetensors');
    await line.footlight(...line.runTable('saved', '--model', 'ease(regularization=10)', '--save', path));
    const { stdout } = await line.footlight('summary', path, '--json', '--backend', 'cpu');
    const items = 30;
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'solver', itemCount: items, count: items * items });
  });

  it('loads the data of an experiment', async () => {
    const source = `
      export default {
        dataset: { name: 'd', protocol: {}, columns: {}, load: async () => ({
          catalogue: { userCount: 2, itemCount: 3, userIds: ['a', 'b'], itemIds: ['x', 'y', 'z'] },
          users: Int32Array.of(0, 0, 1, 1), items: Int32Array.of(0, 1, 1, 2),
        }) },
        split: { name: 's', protocol: {}, split: (all) => ({ train: all, test: { history: all, targets: all } }) },
        metrics: [], seed: 1,
        model: { kind: 'solver', name: 'counts', protocol: {}, reads: 'user',
          restore: () => ({ parameters: {} }) },
      };`;
    await writeFile(join(line.folder, 'mine.mjs'), source);
    const { code, stdout, stderr } = await line.footlight('summary', './mine.mjs', '--backend', 'cpu');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('counts, 2 users, 3 items: 0 values, computed, not learned');
  });

  it.each([
    [['summary'], 'expected either an experiment or a saved model, or --model, received none.'],
    [['summary', '--model', 'popularity'], 'expected --users and --items along with --model, received no --users.'],
    [['summary', 'x', '--users', '3'], 'expected --model along with --users, received x, which has its own.'],
    [['summary', 'x', '--model', 'popularity'], 'received x and --model.'],
    [['summary', 'none.safetensors', '--backend', 'cpu'], 'none.safetensors'],
    [['summary', '--model', 'factorization', '--users', '0'], 'Expected a positive integer.'],
  ])('%s is refused', async (args, message) => {
    const { code, stderr } = await line.footlight(...args);
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });
});
