import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeArtifact } from '@footlight/trainer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

let line: CommandLine;
beforeAll(async () => {
  line = await createCommandLine();
  const items = Array.from({ length: 30 }, (_, item) => `item ${item},Film ${item},${item % 2 ? 'odd' : 'even|all'}`);
  await writeFile(
    join(line.folder, 'films.csv'),
    `movieId,title,kind\n${items.slice(1).join('\n')}\nother,Other,even\n`,
  );
  await writeFile(join(line.folder, 'people.csv'), 'name,team\nu1,red\nu2,blue\n');
  await writeFile(join(line.folder, 'twice.csv'), 'movieId,kind\nitem 1,odd\nitem 1,odd\n');
  await writeFile(join(line.folder, 'strange.csv'), 'movieId,kind\n7,odd\n');
});
afterAll(() => line.remove());

const model = ['--model', 'factorization(dim=4, itemEmbedding=feature)', '--epochs', '2'];
const films = ['--item-features', 'films.csv', '--item-features-columns', 'kind', '--item-titles', 'title'];
const people = ['--user-features', 'people.csv', '--user-features-columns', 'team', '--user-features-id', 'name'];

describe('footlight run --item-features', () => {
  it('trains with features, counts them, and the saved model recommends in another process', async () => {
    const path = join(line.folder, 'features.safetensors');
    const { code, stderr, stdout } = await line.footlight(
      ...line.runTable('features', ...model, ...films, ...people, '--save', path, '--json'),
    );
    expect(stderr).toContain('films.csv: rows for 29 items, none for 1; unknown ids: 1.');
    expect(stderr).toContain('people.csv: rows for 2 users, none for 51; unknown ids: 0.');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).protocol.dataset.catalogueFingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect((await describeArtifact(path)).model.name).toBe('factorization(4)');

    const list = ['recommend', path, '--user', 'u3', '--count', '3', '--backend', 'cpu'];
    const here = await line.footlight(...list);
    expect(here.stdout).toMatch(/Film \d+/);
    const cli = fileURLToPath(new URL('cli.ts', import.meta.url));
    const args = ['--conditions=@footlight/source', '--import', 'tsx', cli, ...list];
    const there = await promisify(execFile)(process.execPath, args);
    expect(there.stdout).toBe(here.stdout);
  }, 60_000);

  it.each([
    [['--item-features', 'none.csv', ...films.slice(2)], 'none.csv'],
    [films.slice(0, 2), '--item-features: expected --item-features-columns or --item-titles along with it'],
    [films.slice(2), '--item-features-columns: expected --item-features along with it, received none.'],
    [people.slice(0, 2), '--user-features: expected --user-features-columns along with it, received none.'],
    [
      [...films.slice(0, 2), '--item-features-columns', 'genre'],
      'films.csv: expected a column "genre", received the columns',
    ],
    [[...films, '--item-features-id', 'title'], 'films.csv (column title): expected ids of the interactions'],
    [
      ['--item-features', 'twice.csv', ...films.slice(2, 4)],
      'twice.csv (line 3, column movieId): expected each id once',
    ],
    [['--item-features', 'strange.csv', ...films.slice(2, 4)], 'received none of them in 1 rows.'],
    [[], '--item-features or --user-features: expected features of the ids, received none.'],
  ])('%s is refused in words', async (more, message) => {
    const { code, stderr } = await line.footlight(...line.runTable('refused', ...model, ...more));
    expect(stderr).toContain(message);
    expect(code).not.toBe(0);
  });

  it('keeps results of other features apart', async () => {
    const run = async (...more: string[]) => {
      const { stdout } = await line.footlight(...line.runTable('apart', ...model, ...films, ...more, '--json'));
      return JSON.parse(stdout);
    };
    const one = await run();
    await writeFile(join(line.folder, 'films-2.csv'), 'movieId,title,kind\nitem 3,Three,even\n');
    const other = await run('--item-features', 'films-2.csv');
    expect(other.experiment.replace(/-[0-9a-f…]+$/, '')).toBe(one.experiment.replace(/-[0-9a-f…]+$/, ''));
    expect(other.protocol.dataset.fingerprint).toBe(one.protocol.dataset.fingerprint);
    expect(other.protocol.hash).not.toBe(one.protocol.hash);
  });
});
