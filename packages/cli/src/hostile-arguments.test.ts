// structure: one table of command lines
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';
import { exitCodes } from './exit-codes.js';

type Case = readonly [code: keyof typeof exitCodes, ...args: string[]];

const own = ['--table', 'likes.csv', '--user', 'userId', '--item', 'movieId'];
const run = ['run', ...own, '--epochs', '1', '--dim', '2', '--backend', 'cpu'];
const project = ['--experiments', 'experiments'];

/** Command lines of strangers: each must end with this code and a sentence. */
const cases: readonly Case[] = [
  ['usage', 'no-such-command'],
  ['usage', ''],
  ['usage', 'run', '--no-such-option'],
  ['usage', 'run'],
  ['usage', 'run', ''],
  ['data', 'run', '--table', 'folder', '--user', 'u', '--item', 'i'],
  ['data', 'run', '--table', 'none.csv', '--user', 'u', '--item', 'i'],
  ['data', 'run', '--table', '', '--user', 'u', '--item', 'i'],
  ['data', 'run', '--table', 'text/inside.csv', '--user', 'u', '--item', 'i'],
  ['data', 'run', '--table', 'empty.csv', '--user', 'u', '--item', 'i'],
  ['data', 'run', '--table', '/dev/null', '--user', 'u', '--item', 'i'],
  ['data', 'run', '--table', 'lie.csv.zip', '--user', 'userId', '--item', 'movieId'],
  ['data', 'run', '--table', 'text.zip', '--user', 'userId', '--item', 'movieId'],
  ['data', 'run', '--table', 'text.parquet', '--user', 'userId', '--item', 'movieId'],
  ['data', 'run', '--table', 'text.csv.gz', '--user', 'userId', '--item', 'movieId'],
  ['data', 'run', '--table', 'likes.csv', '--user', 'none', '--item', 'movieId'],
  ['data', 'run', '--table', 'likes.csv', '--user', '', '--item', 'movieId'],
  ['usage', 'run', '--table', 'likes.csv'],
  ['usage', ...run, '--dim', '3'], // given twice
  ['usage', ...run, '--seeds', '2', '--seeds=3'],
  ['usage', ...run, '--seeds', '0'],
  ['usage', ...run, '--seeds', '1e9'],
  ['usage', ...run, '--seeds', '99999999999999'],
  ['usage', ...run, '--seed', '1e400'],
  ['usage', 'run', ...own, '--epochs', '-1'],
  ['usage', 'run', ...own, '--dim', '0'],
  ['failed', 'run', ...own, '--dim', '1000000000', '--backend', 'cpu'],
  ['failed', ...run, '--negatives', '1000000000'],
  ['usage', ...run, '--negatives', '0'],
  ['usage', ...run, '--k-core', '1000000000'],
  ['usage', ...run, '--minimum-rating', 'NaN'],
  ['usage', ...run, '--batch-size', '0.5'],
  ['usage', ...run, '--learning-rate', 'Infinity'],
  ['usage', ...run, '--l2', ''],
  ['usage', ...run, '--model', ''],
  ['usage', ...run, '--model', '__proto__'],
  ['usage', ...run, '--model', 'constructor'],
  ['usage', ...run, '--model', 'factorization(__proto__=1)'],
  ['usage', ...run, '--model', 'factorization(toString=1)'],
  ['usage', ...run, '--model', 'factorization((((('],
  ['usage', ...run, '--loss', 'valueOf'],
  ['usage', ...run, '--split', 'by-time(test=NaN)'],
  ['usage', ...run, '--filter', '()'],
  ['usage', ...run, '--metric', 'none'],
  ['usage', ...run, '--metric', 'ndcg(at=0)'],
  ['usage', ...run, '--negatives', 'hasOwnProperty'],
  ['usage', ...run, '--stop-early', 'none'],
  ['usage', ...run, '--backend', '__proto__'],
  ['usage', ...run, '--separator', 'abc'],
  ['usage', ...run, '--encoding', 'none'],
  ['data', ...run, '--header', ',,'],
  ['failed', ...run, '--save', 'folder'],
  ['failed', ...run, '--save', 'text/inside'],
  ['failed', ...run, '--results', 'text'],
  ['failed', ...run, '--results', 'text/inside'],
  ['data', ...run, '--from', 'none'],
  ['data', ...run, '--from', 'folder'],
  ['data', ...run, '--from', 'text'],
  ['data', 'run', './none.ts'],
  ['data', 'run', './folder.mjs'],
  ['usage', 'run', './throws.mjs'],
  ['usage', 'run', './throws-null.mjs'],
  ['usage', 'run', './syntax.mjs'],
  ['usage', 'run', './nothing.mjs'],
  ['usage', 'run', './wrong.mjs'],
  ['usage', 'run', 'none'],
  ['usage', 'run', 'none', ...project],
  ['usage', 'run', '../outside', ...project],
  ['usage', 'list'],
  ['usage', 'list', '--experiments', 'none'],
  ['usage', 'list', '--experiments', 'text'],
  ['data', 'list', ...project, '--results', 'text'],
  ['data', 'table', '--results', 'text'],
  ['data', 'table', '--results', 'broken'],
  ['usage', 'table', 'none', '--results', 'none'],
  ['usage', 'table', '__proto__', '--results', 'results'],
  ['data', 'table', '--results', 'results', '--into', 'none.md'],
  ['failed', 'table', '--results', 'results', '--into', 'folder'],
  ['usage', 'compare', 'none'],
  ['usage', 'compare', 'none', 'other'],
  ['data', 'compare', 'none', 'other', '--results', 'text'],
  ['data', 'report', '--results', 'text'],
  ['failed', 'report', '--results', 'results', '--no-recommendations', '--output', 'folder'],
  ['failed', 'report', '--results', 'results', '--no-recommendations', '--output', 'text/inside'],
  ['failed', 'report', '--results', 'results', '--no-recommendations', '--figures', 'text'],
  ['failed', 'report', '--results', 'results', '--no-recommendations', '--csv', 'folder'],
  ['data', 'recommend', 'none', '--user', 'u1'],
  ['data', 'recommend', 'folder', '--user', 'u1'],
  ['data', 'recommend', 'text', '--user', 'u1'],
  ['data', 'recommend', '', '--user', 'u1'],
  ['data', 'recommend', '/dev/null', '--user', 'u1'],
  ['data', 'recommend', '/dev/zero', '--user', 'u1'],
  ['usage', 'recommend', 'model', '--user', 'u1', '--count', '0'],
  ['usage', 'recommend', 'model', '--user', '__proto__'],
  ['usage', 'recommend', 'model', '--user', ''],
  ['usage', 'recommend', 'model', '--history', ''],
  ['usage', 'recommend', 'model', '--history', ',,,'],
  ['usage', 'recommend', 'model', '--user', 'u1', '--exclude', ''],
  ['usage', 'recommend', 'model', '--user', 'u1', '--history', 'item 2'],
  ['usage', 'recommend', 'model', '--history', 'item 2', '--ratings', 'NaN'],
  ['usage', 'recommend', 'model', '--user', 'u1', '--experiment', 'none'],
  ['data', 'recommend', 'model', '--user', 'u1', '--experiment', './none.ts'],
  ['data', 'recommend', 'model', '--users-file', 'folder'],
  ['data', 'recommend', 'model', '--users-file', '/dev/zero'],
  ['data', 'recommend', 'model', '--users-file', 'none'],
  ['data', 'recommend', 'model', '--users-file', 'text'],
  ['failed', 'recommend', 'model', '--users-file', 'users', '--output', 'folder'],
  ['usage', 'predict', 'model'],
  ['usage', 'predict', 'model', '--user', 'u1', '--item', ''],
  ['usage', 'predict', 'model', '--user', 'u1', '--item', 'none'],
  ['data', 'predict', 'model', '--pairs', 'folder'],
  ['data', 'predict', 'model', '--pairs', 'none'],
  ['data', 'predict', 'model', '--pairs', 'text'],
  ['usage', 'summary'],
  ['usage', 'summary', 'none'],
  ['usage', 'summary', 'folder'],
  ['usage', 'summary', '--model', 'factorization', '--users', '9007199254740991', '--items', '7'],
  ['usage', 'summary', '--model', 'factorization', '--users', '1e9', '--items', '7'],
  ['usage', 'models', 'none'],
  ['usage', 'models', '__proto__'],
  ['usage', 'metrics', 'toString'],
];

describe('footlight, with hostile arguments', { timeout: 240_000 }, () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
    const write = (name: string, text: string | Uint8Array) => writeFile(join(line.folder, name), text);
    for (const folder of ['folder', 'folder.mjs', 'experiments', 'broken']) await mkdir(join(line.folder, folder));
    for (const name of ['text', 'text.zip', 'text.parquet', 'text.csv.gz']) await write(name, 'no such thing');
    await write('empty.csv', '');
    await write('users', 'u1\n');
    await write('broken/one.json', '{');
    await write('lie.csv.zip', lieAboutSize());
    await write('throws.mjs', 'throw new Error("first line\\nsecond line");');
    await write('throws-null.mjs', 'throw null;');
    await write('syntax.mjs', 'export default {{{');
    await write('nothing.mjs', 'export default undefined;');
    await write('wrong.mjs', 'export default { dataset: 1, split: 2, metrics: 3, model: 4, seed: 5 };');
    expect(await line.footlight(...run, '--results', 'results', '--save', 'model')).toMatchObject({ code: 0 });
  });
  afterAll(() => line.remove());

  it.each(cases.map(([code, ...args]) => [code, args.join(' '), args] as const))('%s: %s', async (code, _, args) => {
    const ended = await line.footlight(...args);
    expect(ended, ended.stderr).toMatchObject({ code: exitCodes[code], stdout: '' });
    expectSentence(ended.stderr);
  });
});

/** A message for people: at most three lines, neither a stack trace nor the raw error of a bug. */
function expectSentence(text: string): void {
  expect(text).toMatch(/\S/);
  expect(text.trimEnd().split('\n').length, text).toBeLessThanOrEqual(3);
  expect(text.length, text).toBeLessThan(900);
  expect(text).not.toMatch(/^\s+at .*:\d+/m);
  expect(text).not.toMatch(/^footlight: \w*Error\b/m);
  expect(text).not.toMatch(/\bundefined\b|\[object/);
}

/** A zip with one file whose size is said to be 2 GiB. */
function lieAboutSize(): Uint8Array {
  const name = Buffer.from('likes.csv');
  const local = Buffer.alloc(30);
  const central = Buffer.alloc(46);
  const end = Buffer.alloc(22);
  const content = Buffer.from('userId,movieId\nu1,i1\n');
  local.write('PK\x03\x04', 'latin1');
  central.write('PK\x01\x02', 'latin1');
  end.write('PK\x05\x06', 'latin1');
  for (const [header, at] of [
    [local, 18],
    [central, 20],
  ] as const) {
    header.writeUInt32LE(content.length, at);
    header.writeUInt32LE(2 ** 31, at + 4);
    header.writeUInt16LE(name.length, at + 8);
  }
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + content.length, 16);
  return Buffer.concat([local, name, content, central, name, end]);
}
