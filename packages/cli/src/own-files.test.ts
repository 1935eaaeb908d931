import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

describe('footlight run, on files of other layouts', () => {
  let line: CommandLine;
  let rows: string[][];
  beforeAll(async () => {
    line = await createCommandLine();
    rows = (await readFile(line.file, 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','));
  });
  afterAll(() => line.remove());

  const write = async (name: string, content: string): Promise<string> => {
    await writeFile(join(line.folder, name), content);
    return join(line.folder, name);
  };
  const run = (...args: readonly string[]) =>
    line.footlight('run', '--model', 'popularity', '--backend', 'cpu', '--results', join(line.folder, 'r'), ...args);
  const measure = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await run(...args, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { metrics, protocol } = JSON.parse(stdout);
    return { metrics, hash: protocol.hash };
  };
  const columns = ['--user', 'userId', '--item', 'movieId', '--time', 'timestamp'];
  const writeLists = (name: string, from: number, to: number) => {
    const users = [...new Set(rows.map(([user]) => user!))];
    const list = (user: string) => rows.filter(([each]) => each === user).slice(from, to);
    const ids = (user: string) => list(user).map(([, item]) => item!.replace('item ', ''));
    return write(name, users.map((user) => `${[user, ...ids(user)].join(' ')}\n`).join(''));
  };

  it('reads separators, headers, pairs and encodings with the results of the plain file', async () => {
    const plain = await measure('--table', line.file, ...columns);
    const text = await readFile(line.file, 'utf8');
    const bare = text.slice(text.indexOf('\n') + 1);
    const semicolons = await write('semicolons.csv', text.replaceAll(',', ';'));
    const headless = await write('headless.csv', bare.replaceAll(',', '\t'));
    const header = ['--header', 'userId, movieId, rating, timestamp'];
    const utf16 = await write('utf16.csv', Buffer.from(text, 'utf16le').toString('latin1'));
    await writeFile(utf16, Buffer.from(text, 'utf16le'));
    const paired = rows.map(([user, item, , time]) => `${user}|${item},${time}\n`).join('');
    const pairs = await write('pairs.csv', `pair,timestamp\n${paired}`);
    const two = ['--pair', 'pair', '--pair-separator', '|', '--time', 'timestamp'];
    expect(await measure('--table', semicolons, ...columns, '--separator', ';')).toEqual(plain);
    expect(await measure('--table', headless, ...columns, '--separator', '\\t', ...header)).toEqual(plain);
    expect(await measure('--table', utf16, ...columns, '--encoding', 'utf-16le')).toEqual(plain);
    expect(await measure('--table', pairs, ...two)).toEqual(plain);
  });

  it('reads longer lines and more of a compressed file on request', async () => {
    const text = await readFile(line.file, 'utf8');
    const [first, ...others] = text.trim().split('\n');
    const notes = others.map((row, at) => `${row},${at === 0 ? 'x'.repeat(17 << 20) : ''}`);
    const long = await write('long.csv', [`${first},note`, ...notes].join('\n'));
    const refused = await run('--table', long, ...columns);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/long\.csv \(line 2\): expected lines of at most 16 MiB, .* raise --line-bytes\.$/m);
    await expect(measure('--table', long, ...columns, '--line-bytes', String(18 << 20))).resolves.toBeDefined();
    const packed = `${long}.gz`;
    await writeFile(packed, gzipSync(`${first}\n${'1,1,1,1\n'.repeat(9 << 20)}`));
    const packedRun = await run('--table', packed, ...columns);
    expect(packedRun.stderr).toMatch(
      /long\.csv\.gz: expected at most 250 times .* raise --expansion, or unpack it\.$/m,
    );
  });

  it('reads lists of items, whose order is that of time in sequences', async () => {
    const sequences = await writeLists('sequences.txt', 0, 7);
    const shown = await run('--table', sequences, '--format', 'sequences', '--json');
    expect(JSON.parse(shown.stdout).protocol.split.name).toBe('leave-last-out');
    const unordered = await run('--table', sequences, '--format', 'lists', '--json');
    expect(JSON.parse(unordered.stdout).protocol.split.name).toMatch(/random/);
  });

  it('trains on one file and tests on another', async () => {
    const [train, test] = [await writeLists('train.txt', 0, 5), await writeLists('test.txt', 5, 7)];
    const { code, stdout } = await run('--train', train, '--test', test, '--format', 'lists', '--json');
    expect(code).toBe(0);
    const { experiment, protocol, metrics } = JSON.parse(stdout);
    expect(experiment).toMatch(/^own\/train-popularity-published-/);
    expect(protocol.split.name).toBe('published-split');
    expect(metrics['ndcg@10'].mean).toBeGreaterThan(0);
    const stored = JSON.parse(await readFile(await line.find('r', 'own/train-popularity'), 'utf8'));
    expect(stored.command).toMatch(/^footlight run --train \S+ --test \S+ --format lists /);
  });

  it('filters by rating, weighs interactions, and ranks seen items on request', async () => {
    const table = ['--table', line.file, ...columns];
    const filtered = await run(...table, '--rating', 'rating', '--minimum-rating', '2', '--k-core', '1', '--json');
    expect(JSON.parse(filtered.stdout).protocol.filters).toMatchObject([
      { name: 'minimum-rating', rating: 2 },
      { name: 'k-core' },
    ]);
    const included = await run(...table, '--seen', 'include', '--weight', 'rating', '--json');
    expect(JSON.parse(included.stdout).protocol.seen).toBe('include');
  });

  it('says what to do about options that do not fit together', async () => {
    const messages: string[] = [];
    for (const args of [
      ['--table', line.file],
      ['--table', line.file, '--user', 'userId', '--pair', 'pair'],
      ['--table', line.file, '--format', 'lists', '--user', 'userId'],
      ['--train', line.file, ...columns],
      ['--train', line.file, '--table', line.file, ...columns],
      ['--train', line.file, '--test', line.file, ...columns, '--split', 'leave-last-out'],
      ['--table', line.file, '--format', 'sequences', '--split', 'by-time'],
      ['--table', line.file, ...columns, '--minimum-rating', '4'],
      ['--table', line.file, ...columns, '--split', 'published'],
    ]) {
      const { code, stderr } = await run(...args);
      expect(code).toBe(2);
      messages.push(stderr);
    }
    expect(messages.join('')).toMatchInlineSnapshot(`
      "--user: expected the name of the column with the user ids, received none. If one column has both ids, name it with --pair; if each line is a user, add --format lists.
      --pair: expected either --pair, or --user and --item, received both. Leave one of them out.
      --user: expected a file with columns, received --format lists. Leave the option out.
      footlight run: expected --train and --test together, received --train alone.
      footlight run: expected either --table or --train, received both.
      --split leave-last-out: expected no other split, since --test names the test data, received leave-last-out. Leave --split out.
      --split by-time: expected times, received positions in a line. Choose another split, such as leave-last-out.
      --minimum-rating: expected a file with ratings, received none. Name their column with --rating.
      --split published: expected a data set that publishes its own partition, received a file of your own. Name the parts with --train and --test, or choose another split.
      "
    `);
  });
});
