import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createEndedCommands, type EndedCommands, isLock, waitForFile } from './ended-commands.fixture.js';

/** Runs what follows as the first process of a container. */
const container = ['--user', '--map-root-user', '--pid', '--fork', process.execPath];
const hasContainers = spawnSync('unshare', [...container, '--version']).status === 0;

describe('footlight run, in a process that is ended', () => {
  let line: EndedCommands;
  beforeAll(async () => {
    line = await createEndedCommands();
  });
  afterAll(() => line.remove());

  it.concurrent('stops in order at Ctrl-C, and leaves earlier results as they were', async ({ expect }) => {
    const args = (epochs: string) => line.runTable('interrupted', '--dim', '5', '--epochs', epochs);
    expect(await line.footlight(...args('1'))).toMatchObject({ code: 0 });
    const first = await line.find('interrupted', 'own/likes-factorization');
    const before = await readFile(first, 'utf8');
    const { child, ended } = line.start(args('1000000'));
    await waitForFile(
      join(await line.find('interrupted', '.unfinished/own/likes-factorization'), 'seed-42.checkpoint'),
    );
    child.kill('SIGINT');
    child.kill('SIGINT'); // npm passes on what the terminal has sent already
    expect(await ended).toEqual({
      code: 130,
      stdout: '',
      stderr: 'Interrupted. Continue with the same command and --resume.\n',
    });
    expect(await readFile(first, 'utf8')).toBe(before);
    expect(await readdir(join(line.folder, 'interrupted/own'))).toHaveLength(2); // the first run and its values
    const unfinished = await readdir(join(line.folder, 'interrupted/.unfinished/own'));
    expect(unfinished.filter(isLock)).toEqual([]);
  });

  it.skipIf(!hasContainers)('stops in order at SIGTERM as the first process of a container', async ({ expect }) => {
    const args = line.runTable('contained', '--dim', '5', '--epochs', '1000000');
    const { child, ended } = line.start(args, ['unshare', ...container]);
    const unfinished = await line.find('contained', '.unfinished/own/likes-factorization');
    await waitForFile(join(unfinished, 'seed-42.checkpoint'));
    process.kill(Number(await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')), 'SIGTERM');
    expect(await ended).toMatchObject({ code: 143, stderr: expect.stringContaining('Interrupted.') });
    expect(existsSync(`${unfinished}.lock`)).toBe(false);
  });
});
