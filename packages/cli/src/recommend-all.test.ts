import { appendFile, copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOutputPart } from './actions/output-part.js';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

describe('footlight recommend-all', () => {
  let line: CommandLine;
  let model: string;
  beforeAll(async () => {
    line = await createCommandLine();
    model = join(line.folder, 'model.safetensors');
    expect((await line.footlight(...line.runTable('r', '--epochs', '1', '--dim', '4', '--save', model))).code).toBe(0);
  }, 60_000);
  afterAll(() => line.remove());

  const recommendAll = (...args: string[]) => line.footlight('recommend-all', model, '--backend', 'cpu', ...args);
  const read = (name: string) => readFile(join(line.folder, name), 'utf8');

  it('writes the lists of all users, as recommend does for a file of ids', async () => {
    expect(await recommendAll('--output', 'all.csv', '--count', '3')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('all.csv: lists of 53 users.'),
    });
    const rows = (await read('all.csv')).trim().split('\n');
    expect(rows[0]).toBe('user,rank,item,title,score');
    const users = [...new Set(rows.slice(1).map((row) => row.split(',')[0]!))];
    expect([users.length, rows.length]).toEqual([53, 1 + 53 * 3]);
    await writeFile(join(line.folder, 'ids.txt'), users.join('\n'));
    const args = ['--users-file', 'ids.txt', '--output', 'some.csv', '--count', '3', '--backend', 'cpu'];
    expect((await line.footlight('recommend', model, ...args)).code).toBe(0);
    expect(await read('some.csv')).toBe(await read('all.csv'));
    expect((await readdir(line.folder)).filter((name) => name.startsWith('all.csv'))).toEqual(['all.csv']);
  }, 60_000);

  it('writes JSON lines, and refuses other files', async () => {
    expect((await recommendAll('--output', 'all.jsonl')).code).toBe(0);
    const lines = (await read('all.jsonl')).trim().split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({ user: 'u0', recommendations: expect.any(Array) });
    expect(lines).toHaveLength(53);
    expect((await recommendAll('--output', 'all.xlsx')).stderr).toContain(
      '--output: expected a name that ends in .csv, .jsonl or .parquet, received "all.xlsx".',
    );
  }, 60_000);

  it('begins anew after a part of other options', async () => {
    const part = await openOutputPart(join(line.folder, 'other.csv'), 'another');
    await part.append('nonsense\n', { users: 10, without: 0 });
    await recommendAll('--output', 'other.csv', '--count', '3');
    expect(await read('other.csv')).toBe(await read('all.csv'));
  }, 60_000);
});

describe('openOutputPart', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());

  it('continues after the last piece that is complete', async () => {
    const path = join(line.folder, 'lists.csv');
    const first = await openOutputPart(path, 'key');
    expect(first.users).toBe(0);
    await first.append('é,1\n', { users: 1, without: 0 });
    await first.append('b,2\n', { users: 2, without: 1 });
    await appendFile(`${path}.part`, 'half of a pie'); // the process was killed
    await copyFile(`${path}.part`, `${path}.copy`);
    const second = await openOutputPart(path, 'key');
    expect(second).toMatchObject({ users: 2, without: 1 });
    await second.append('c,3\n', { users: 3, without: 1 });
    await second.publish();
    expect(await readFile(path, 'utf8')).toBe('é,1\nb,2\nc,3\n');
    expect((await readdir(line.folder)).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('begins anew if the description is damaged or says more than there is', async () => {
    const path = join(line.folder, 'damaged.csv');
    const part = await openOutputPart(path, 'key');
    await part.append('a\n', { users: 1, without: 0 });
    await writeFile(`${path}.part`, '');
    expect((await openOutputPart(path, 'key')).users).toBe(0);
    await writeFile(`${path}.part.json`, '{"key":"key"');
    expect((await openOutputPart(path, 'key')).users).toBe(0);
  });
});
