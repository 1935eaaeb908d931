import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../command-line.fixture.js';

describe('recommend and predict for many users', () => {
  let line: CommandLine;
  let artifact: string;
  const put = async (name: string, text: string): Promise<string> => {
    await writeFile(join(line.folder, name), text);
    return name;
  };
  const get = (name: string) => readFile(join(line.folder, name), 'utf8');
  const recommend = (...args: readonly string[]) => line.footlight('recommend', artifact, '--backend', 'cpu', ...args);
  const predict = (...args: readonly string[]) => line.footlight('predict', artifact, '--backend', 'cpu', ...args);

  beforeAll(async () => {
    line = await createCommandLine();
    artifact = join(line.folder, 'stars.safetensors');
    const training = ['--rating', 'rating', '--loss', 'squared', '--dim', '4', '--epochs', '3', '--save', artifact];
    expect(await line.footlight(...line.runTable('stars', ...training))).toMatchObject({ code: 0 });
  });
  afterAll(() => line.remove());

  it('writes a list per user, as for each user alone', async () => {
    const users = await put('ids.txt', '\uFEFFu4\r\n\r\nu7\r\nu4\r\n');
    const csv = await recommend('--users-file', users, '--count', '3', '--output', 'lists/all.csv');
    expect(csv).toEqual({ code: 0, stdout: '', stderr: 'lists/all.csv: lists of 3 users.\n' });
    const [header, ...rows] = (await get('lists/all.csv')).trimEnd().split('\n');
    expect(header).toBe('user,rank,item,title,score,rating');
    expect(rows.map((row) => row.split(',').slice(0, 2).join(' '))).toEqual(
      ['u4', 'u7', 'u4'].flatMap((user) => [1, 2, 3].map((rank) => `${user} ${rank}`)),
    );
    expect(await recommend('--users-file', users, '--count', '3', '--output', 'lists.jsonl')).toMatchObject({
      code: 0,
    });
    const lists = (await get('lists.jsonl'))
      .trimEnd()
      .split('\n')
      .map((each) => JSON.parse(each));
    for (const { user, recommendations } of lists)
      expect(recommendations).toEqual(JSON.parse((await recommend('--user', user, '--count', '3', '--json')).stdout));
    expect((await recommend('--users-file', users, '--count', '3')).stdout).toBe(await get('lists/all.csv'));
  });

  it('reports unknown users by line before it writes anything, and leaves them out when told to', async () => {
    const users = await put('some.txt', 'u1\nu99\nu2\nu-7\n');
    const refused = await recommend('--users-file', users, '--output', 'none.csv');
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toMatchInlineSnapshot(`
      "some.txt: expected user ids of the model, one per line, received 2 unknown (line 2: u99; line 4: u-7). Leave them out with --skip-unknown.
      "
    `);
    expect(existsSync(join(line.folder, 'none.csv'))).toBe(false);
    const skipped = await recommend('--users-file', users, '--count', '1', '--skip-unknown');
    expect(skipped.stderr).toBe('some.txt: left out 2 unknown (line 2: u99; line 4: u-7).\n');
    expect(skipped.stdout.split('\n').map((row) => row.split(',')[0])).toEqual(['user', 'u1', 'u2', '']);
  });

  it('predicts the ratings of pairs, as of each pair alone', async () => {
    const pairs = await put('pairs.csv', 'userId,movieId,more\nu4,item 2,1\n"u7","item 4",2\n');
    const { stdout, stderr } = await predict('--pairs', pairs, '--clip');
    expect(stderr).toBe('');
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((row) => row.split(','));
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ['user', 'item'],
      ['u4', 'item 2'],
      ['u7', 'item 4'],
    ]);
    for (const [user, item, rating] of rows.slice(1))
      expect((await predict('--user', user!, '--item', item!, '--clip')).stdout).toBe(`${Number(rating).toFixed(4)}\n`);
    const named = await put('named.csv', 'when,movieId,userId\n1,item 2,u4\n');
    expect((await predict('--pairs', named, '--columns', 'userId,movieId', '--clip')).stdout).toContain('u4,item 2,');
    const unknown = await predict('--pairs', named);
    expect(unknown).toMatchObject({ code: 3, stdout: '' });
    expect(unknown.stderr).toContain('received 1 unknown (line 2: 1,item 2,u4)');
  });

  it('says which files and options do not fit', async () => {
    const users = await put('ids.txt', 'u4\n');
    const messages: string[] = [];
    for (const ended of [
      await recommend('--users-file', 'missing.txt'),
      await recommend('--users-file', '.'),
      await recommend('--users-file', await put('empty.txt', '\n')),
      await recommend('--users-file', users, '--user', 'u4'),
      await recommend('--user', 'u4', '--output', 'x.csv'),
      await recommend('--user', 'u4', '--ratings', '3'),
      await predict('--item', 'item 2'),
      await predict('--user', 'u4'),
      await predict('--pairs', await put('broken.csv', 'user,item\n"u4,item 2\n')),
      await predict('--pairs', await put('pairs.csv', 'user,item\nu4,item 2\n'), '--columns', 'user,film'),
      await predict('--pairs', await put('twice.csv', 'user,item\nu4,item 2\n'), '--columns', 'user,user'),
      await predict('--pairs', await put('headless.csv', 'u4,item 2\nu7,item 4\n')),
      await predict('--pairs', await put('ragged.csv', 'user,item\nu4,item 2,5\n'), '--skip-unknown'),
      await recommend('--users-file', users, '--output', '.'),
    ]) {
      expect(ended.code).not.toBe(0);
      messages.push(ended.stderr.replace(/^footlight-cli-\w+/, '…'));
    }
    expect(messages.join('')).toMatchInlineSnapshot(`
      "missing.txt: expected a file at …/missing.txt, received none. Check the path.
      …: expected a file at …, received a folder.
      empty.txt: expected user ids of the model, one per line, received none.
      footlight recommend: expected either --history or --user, or --users-file, received --user and --users-file.
      footlight recommend: expected --users-file along with --output, received none.
      footlight recommend: expected --history along with --ratings, received none.
      footlight predict: expected either --history or --user, or --pairs, received none.
      footlight predict: expected either --item with --user or --history, or --pairs, received neither.
      broken.csv: expected a line of CSV, received "u4,item 2 in line 2. Quoted field unterminated.
      --columns: expected two columns of pairs.csv, such as "user,item", received "user,film".
      --columns: expected two columns of twice.csv, such as "user,item", received "user,user".
      headless.csv: expected a header in line 1, received the pair u4, item 2. Add one, such as user,item.
      ragged.csv: expected 2 fields, as in the header, received 3 in line 2. Correct the line.
      footlight: could not write …: EISDIR: it is a folder. Name a file in it.
      "
    `);
  });

  it('folds in the ratings of a new user, and asks for them', async () => {
    const history = ['--history', 'item 2, item 4'];
    expect(await recommend(...history, '--ratings', '5, 1', '--count', '2')).toMatchObject({ code: 0 });
    const high = await predict(...history, '--ratings', '5, 5', '--item', 'item 6');
    const low = await predict(...history, '--ratings', '1, 1', '--item', 'item 6');
    expect(Number(high.stdout)).toBeGreaterThan(Number(low.stdout));
    expect(await recommend(...history)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^--ratings: expected a rating of each item .* learned from ratings, received none\.\n$/,
      ),
    });
    expect((await recommend(...history, '--ratings', '5, x')).stderr).toMatch(/^--ratings: expected numbers separated/);
    expect((await recommend(...history, '--ratings', '5')).stderr).toBe(
      '--ratings: expected 2 ratings, one per item, received 1.\n',
    );
  });
});
