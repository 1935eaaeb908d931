import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createEndedCommands, type EndedCommands, isLock, waitForFile } from './ended-commands.fixture.js';

describe('footlight run, in a process that is ended otherwise', () => {
  let line: EndedCommands;
  beforeAll(async () => {
    line = await createEndedCommands();
  });
  afterAll(() => line.remove());

  it.concurrent('stops in order when the terminal is closed', async ({ expect }) => {
    const { child, ended } = line.start(line.runTable('closed', '--dim', '5', '--epochs', '1000000'));
    const unfinished = await line.find('closed', '.unfinished/own/likes-factorization');
    await waitForFile(join(unfinished, 'seed-42.checkpoint'));
    child.kill('SIGHUP');
    expect(await ended).toMatchObject({ code: 129, stdout: '', stderr: expect.stringContaining('Interrupted.') });
    expect(existsSync(`${unfinished}.lock`)).toBe(false);
  });

  it.concurrent('ends at once at a second Ctrl-C, and releases its lock', async ({ expect }) => {
    const file = join(line.folder, 'endless.mts');
    const source = JSON.stringify(fileURLToPath(new URL('index.ts', import.meta.url)));
    await writeFile(
      file,
      `import { writeFileSync } from 'node:fs';
      import { defineExperiment, leaveLastOut, mrr, popularity } from ${source};
      const load = () => (writeFileSync('begun', ''), new Promise(() => setInterval(() => {}, 1000)));
      const dataset = { name: 'endless', protocol: {}, has: {}, load };
      const parts = { split: leaveLastOut(), model: popularity(), metrics: [mrr()] };
      export default defineExperiment({ dataset, ...parts, seed: 1 });`,
    );
    const { child, ended } = line.start(['run', './endless.mts', '--results', join(line.folder, 'endless')]);
    await waitForFile(join(line.folder, 'begun'));
    const locks = async () => (await readdir(join(line.folder, 'endless/.unfinished/own'))).filter(isLock);
    expect(await locks()).toHaveLength(1);
    while (child.exitCode === null) {
      child.kill('SIGINT');
      await wait(50);
    }
    expect(await ended).toEqual({ code: 130, stdout: '', stderr: '' });
    expect(await locks()).toEqual([]);
  });

  it.concurrent('continues after a kill, with the numbers of a run that was not killed', async ({ expect }) => {
    const args = (name: string, epochs = '60') =>
      line.runTable(name, '--dim', '5', '--epochs', epochs, '--seeds', '3', '--json');
    const { child, ended } = line.start(args('killed'));
    const unfinished = await line.find('killed', '.unfinished/own/likes-factorization');
    await waitForFile(join(unfinished, 'seed-43.checkpoint'));
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
    const first = line.start(args('--save', artifact));
    await waitForFile(join(await line.find('twice', '.unfinished/own/likes-factorization'), 'seed-42.checkpoint'));
    first.child.kill('SIGSTOP'); // so that it is at work as long as the others try
    const same = await line.start(args()).ended;
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
