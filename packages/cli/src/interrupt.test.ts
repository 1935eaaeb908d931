import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type CommandLine, createCommandLine, type Ended } from './command-line.fixture.js';

const cli = fileURLToPath(new URL('cli.ts', import.meta.url));
const flags = ['--conditions=@footlight/source', '--import', import.meta.resolve('tsx'), cli];

describe('footlight run, in a process that is ended', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL'); // those that a failed test has left
    return line.remove();
  });

  function start(args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [...flags, ...args], { cwd: line.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    const texts = [child.stdout!, child.stderr!].map((stream) => stream.setEncoding('utf8').toArray());
    const code = new Promise<number | null>((resolve) => child.on('close', resolve));
    const ended = Promise.all([code, ...texts]).then(([code, out, err]) => ({
      code,
      stdout: (out as string[]).join(''),
      stderr: (err as string[]).join(''),
    }));
    return { child, ended };
  }
  const until = async (path: string): Promise<void> => {
    while (!existsSync(path)) await wait(10);
  };

  it.concurrent('stops in order at Ctrl-C, and leaves earlier results as they were', async ({ expect }) => {
    const args = (epochs: string) => line.runTable('interrupted', '--dim', '5', '--epochs', epochs);
    expect(await line.footlight(...args('1'))).toMatchObject({ code: 0 });
    const first = await line.find('interrupted', 'own/likes-factorization');
    const before = await readFile(first, 'utf8');
    const { child, ended } = start(args('1000000'));
    await until(join(await line.find('interrupted', '.unfinished/own/likes-factorization'), 'seed-42.checkpoint'));
    child.kill('SIGINT');
    expect(await ended).toEqual({
      code: 130,
      stdout: '',
      stderr: 'Interrupted. Continue with the same command and --resume.\n',
    });
    expect(await readFile(first, 'utf8')).toBe(before);
    expect(await readdir(join(line.folder, 'interrupted/own'))).toHaveLength(2); // the first run and its values
    const unfinished = await readdir(join(line.folder, 'interrupted/.unfinished/own'));
    expect(unfinished.filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it.concurrent('continues after a kill, with the numbers of a run that was not killed', async ({ expect }) => {
    const args = (name: string, epochs = '60') =>
      line.runTable(name, '--dim', '5', '--epochs', epochs, '--seeds', '3', '--json');
    const { child, ended } = start(args('killed'));
    const unfinished = await line.find('killed', '.unfinished/own/likes-factorization');
    await until(join(unfinished, 'seed-43.checkpoint'));
    child.kill('SIGKILL');
    await ended;
    const first = JSON.parse(await readFile(join(unfinished, 'finished-seeds.json'), 'utf8')).runs[0];
    const other = await line.footlight(...args('killed', '61'), '--resume');
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toMatchInlineSnapshot(`
      "footlight run own/likes-factorization-bpr-leave-random-out-…: expected an unfinished run with these options, received unfinished runs with others: own/likes-factorization-bpr-leave-random-out-…. Run with the same options, or without --resume to start again.
      "
    `);
    const resumed = await line.footlight(...args('killed'), '--resume');
    const whole = await line.footlight(...args('whole'));
    expect(JSON.parse(resumed.stdout).metrics).toEqual(JSON.parse(whole.stdout).metrics);
    const stored = JSON.parse(await readFile(await line.find('killed', 'own/likes-factorization'), 'utf8'));
    expect(stored.runs[0].losses).toEqual(first.losses);
    expect(existsSync(unfinished)).toBe(false);
  });

  it.concurrent('refuses a second run at once in a sentence, and loses nothing of either', async ({ expect }) => {
    const [one, artifact] = [['--dim', '5', '--epochs', '40', '--seeds', '2'], join(line.folder, 'twice.safetensors')];
    const args = (...more: readonly string[]) => line.runTable('twice', ...one, ...more);
    const first = start(args('--save', artifact));
    await until(join(await line.find('twice', '.unfinished/own/likes-factorization'), 'seed-42.checkpoint'));
    first.child.kill('SIGSTOP'); // so that it is at work as long as the others try
    const same = await start(args()).ended;
    const resumed = await line.footlight(...args('--resume'));
    const saved = await line.footlight(...args('--loss', 'hinge', '--save', artifact));
    const other = await line.footlight(...args('--loss', 'hinge', '--epochs', '1'));
    first.child.kill('SIGCONT');
    const clean = (text: string) => text.replace(/-[0-9a-f]{8}:/, '-…:').replace(/process .* UTC/, 'process …');
    expect([same, resumed, saved].map(({ code }) => code)).toEqual([5, 5, 5]);
    expect(clean(same.stderr)).toMatchInlineSnapshot(`
      "footlight run own/likes-factorization-bpr-leave-random-out-…: expected no other run of it, received process …. Wait until it ends, or choose another folder with --results.
      "
    `);
    expect(clean(resumed.stderr)).toBe(clean(same.stderr));
    expect(clean(saved.stderr)).toMatchInlineSnapshot(`
      "footlight run --save …/twice.safetensors: expected no other run of it, received process …. Wait until it ends, or choose another file.
      "
    `);
    expect(other.code).toBe(0);
    expect(await first.ended).toMatchObject({ code: 0 });
    const alone = await line.footlight(...line.runTable('alone', ...one, '--json'));
    const stored = JSON.parse(await readFile(await line.find('twice', 'own/likes-factorization-bpr'), 'utf8'));
    expect(stored.metrics).toEqual(JSON.parse(alone.stdout).metrics);
    expect(await line.footlight('recommend', artifact, '--user', 'u4', '--backend', 'cpu')).toMatchObject({ code: 0 });
  });
});
