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
  afterAll(() => line.remove());

  function start(args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [...flags, ...args], { cwd: line.folder, stdio: ['ignore', 'pipe', 'pipe'] });
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
    const stored = join(line.folder, 'interrupted');
    const args = (epochs: string) => line.runTable('interrupted', '--dim', '5', '--epochs', epochs);
    expect(await line.footlight(...args('1'))).toMatchObject({ code: 0 });
    const before = await readFile(join(stored, 'own/likes-factorization.json'), 'utf8');
    const { child, ended } = start(args('1000000'));
    await until(join(stored, '.unfinished/own/likes-factorization/seed-42.checkpoint'));
    child.kill('SIGINT');
    expect(await ended).toEqual({
      code: 130,
      stdout: '',
      stderr: 'Interrupted. Continue with the same command and --resume.\n',
    });
    expect(await readFile(join(stored, 'own/likes-factorization.json'), 'utf8')).toBe(before);
    expect(await readdir(join(stored, 'own'))).toEqual(['likes-factorization.json', 'likes-factorization.values.json']);
  });

  it.concurrent('continues after a kill, with the numbers of a run that was not killed', async ({ expect }) => {
    const args = (name: string, epochs = '60') =>
      line.runTable(name, '--dim', '5', '--epochs', epochs, '--seeds', '3', '--json');
    const { child, ended } = start(args('killed'));
    const unfinished = join(line.folder, 'killed/.unfinished/own/likes-factorization');
    await until(join(unfinished, 'seed-43.checkpoint'));
    child.kill('SIGKILL');
    await ended;
    const first = JSON.parse(await readFile(join(unfinished, 'finished-seeds.json'), 'utf8')).runs[0];
    const other = await line.footlight(...args('killed', '61'), '--resume');
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toMatchInlineSnapshot(`
      "footlight run own/likes-factorization: expected unfinished seeds of this experiment, received those of another (its protocol, training, seed or backend differ). Run without --resume to start again.
      "
    `);
    const resumed = await line.footlight(...args('killed'), '--resume');
    const whole = await line.footlight(...args('whole'));
    expect(JSON.parse(resumed.stdout).metrics).toEqual(JSON.parse(whole.stdout).metrics);
    const stored = JSON.parse(await readFile(join(line.folder, 'killed/own/likes-factorization.json'), 'utf8'));
    expect(stored.runs[0].losses).toEqual(first.losses);
    expect(existsSync(unfinished)).toBe(false);
  });
});
