import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberLines } from './actions/recommend.js';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';
import { fitMarkdown } from './terminal/fit-markdown.js';
import { createProgressLine } from './terminal/progress.js';

const esc = '\u001b';
const ids = [
  `${esc}[31mred`,
  `${esc}]0;title\u0007`,
  '\u009b2J',
  'a|b',
  '`c`',
  '=cmd()',
  '@SUM(A1)',
  'two\nlines',
  '<b>',
];
/** Everything that a terminal would obey, but line ends and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that may not occur
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe('hostile names and ids', () => {
  let line: CommandLine;
  let artifact: string;
  const name = `a|b\`c${esc}[31m.jsonl`;
  let ran: { readonly stdout: string; readonly stderr: string };
  beforeAll(async () => {
    line = await createCommandLine();
    artifact = join(line.folder, 'model.safetensors');
    const rows = Array.from({ length: 40 }, (_, user) =>
      [0, 1, 2, 3, 4].map((k) => JSON.stringify({ user: `u${user}`, item: ids[(user + k) % ids.length] })),
    ).flat();
    await writeFile(join(line.folder, name), `${rows.join('\n')}\n`);
    await writeFile(join(line.folder, 'users.txt'), 'u1\nu2\n');
    const options = ['--user', 'user', '--item', 'item', '--model', 'popularity', '--backend', 'cpu'];
    const ended = await line.footlight('run', '--table', name, ...options, '--results', 'results', '--save', artifact);
    expect(ended).toMatchObject({ code: 0 });
    ran = ended;
  }, 60_000);
  afterAll(() => line.remove());
  const recommend = (...args: string[]) => line.footlight('recommend', artifact, '--backend', 'cpu', ...args);

  it('stay in their cells of Markdown tables, and are not obeyed', () => {
    expect(ran.stdout + ran.stderr).not.toMatch(obeyed);
    expect(ran.stdout).toContain('a\\|b\\`c␛[31m');
    const cells = ran.stdout.split('\n').filter((row) => row.startsWith('|'));
    expect(new Set(cells.map((row) => row.split(/(?<!\\)\|/).length)).size).toBe(1);
  });

  it('are not obeyed by a terminal, in lists, in JSON and in messages', async () => {
    const list = await recommend('--user', 'u1', '--count', '20');
    expect(list.stdout).toContain('two␊lines');
    const json = await recommend('--user', 'u1', '--count', '20', '--json');
    const refused = await recommend('--history', `${esc}[2Jnothing`);
    expect(refused.stderr).toContain('␛[2Jnothing');
    for (const { stdout, stderr } of [list, json, refused]) expect(stdout + stderr).not.toMatch(obeyed);
    const items = (JSON.parse(json.stdout) as { item: string }[]).map(({ item }) => item);
    expect(items.every((item) => ids.includes(item))).toBe(true);
  });

  it('are no formulas in CSV', async () => {
    await recommend('--users-file', 'users.txt', '--count', '20', '--output', 'lists.csv');
    const csv = await readFile(join(line.folder, 'lists.csv'), 'utf8');
    expect(csv).not.toMatch(obeyed);
    expect(csv).not.toMatch(/(^|,)"?[=@]/m);
    expect(csv).toMatch(/,'(=cmd\(\)|@SUM\(A1\)),/);
  });

  it('do not make a message longer than a screen', async () => {
    const { stderr } = await recommend('--history', 'x'.repeat(100_000));
    expect(stderr.length).toBeLessThan(2000);
    expect(stderr).toMatch(/… \(100\d{3} characters\) …/);
  });
});

describe('each part of the terminal', () => {
  it('shows control characters instead of writing them', () => {
    const written: string[] = [];
    const output = { isTTY: true, columns: 200, write: (text: string) => written.push(text) };
    createProgressLine(`${esc}[2Jtitle`, output).show({ label: 'read', done: 1, total: 2, unit: 'rows' });
    expect(written.join('').replaceAll('\r\u001b[K', '')).not.toMatch(obeyed);
    expect(numberLines([{ item: 1, title: `${esc}[2J\nAlien`, score: 1 }])).toBe(' 1. ␛[2J␊Alien');
    expect(fitMarkdown('| a\\|b |\n| :- |\n| \\`c |', 80)).toBe('a|b\n───\n`c');
  });
});
