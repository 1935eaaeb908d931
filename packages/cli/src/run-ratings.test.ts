import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

let line: CommandLine;
beforeAll(async () => {
  line = await createCommandLine();
  const rng = createRng(3);
  const lines = Array.from({ length: 101 * 17 }, (_, row) => {
    const [user, item] = [row % 101, rng.integer(41)];
    return `${user},${item},${3 + (user % 3) / 2 + (item % 5) / 4}`; // from 3 to 5, far from 0
  });
  await writeFile(join(line.folder, 'stars.csv'), `user,item,stars\n${lines.join('\n')}\n`);
});
afterAll(() => line.remove());

describe('footlight run --loss squared', () => {
  const measure = async (...model: readonly string[]): Promise<number> => {
    const columns = ['--user', 'user', '--item', 'item', '--rating', 'stars'];
    const table = ['run', '--table', 'stars.csv', ...columns, '--split', 'random(test=0.2)', '--results', 'stars'];
    const ended = await line.footlight(...table, ...model, '--metric', 'rmse', '--backend', 'cpu', '--json');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    return JSON.parse(ended.stdout).metrics.rmse.mean;
  };

  it('starts at the error of the mean rating, and learns to be below it', async () => {
    const constant = await measure('--model', 'constant-rating');
    expect(constant).toBeLessThan(1);
    const squared = ['--loss', 'squared', '--dim', '4'];
    expect(await measure(...squared, '--epochs', '0')).toBeCloseTo(constant, 1);
    expect(await measure(...squared, '--epochs', '5', '--batch-size', '64')).toBeLessThan(0.97 * constant);
  }, 60_000);
});
