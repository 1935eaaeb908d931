import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCommandLine } from './command-line.fixture.js';

const fixture = fileURLToPath(new URL('run-commands.fixture.ts', import.meta.url));
const experiments = fileURLToPath(new URL('../../../apps/benchmarks/experiments', import.meta.url));
/** Permissions do not bind root, so that another user runs the commands then. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

describe.skipIf(process.platform === 'win32')('folders that may not be written to', () => {
  it('are found before the work, with a sentence and a code', async ({ skip }) => {
    const line = await createCommandLine();
    onTestFinished(() => line.remove());
    const run = (args: readonly string[]) => spawnSync(process.execPath, args, { ...user, encoding: 'utf8', env });
    const env = { PATH: process.env['PATH'], HOME: line.folder, TSX_DISABLE_CACHE: '1' };
    if (run(['--eval', `fs.readFileSync(${JSON.stringify(fixture)})`]).status !== 0)
      return skip('that user may not read this checkout');
    expect(await line.footlight(...line.runTable('results', '--model', 'popularity'))).toMatchObject({ code: 0 });
    chmodSync(line.folder, 0o755);
    const [open, closed] = [join(line.folder, 'open'), join(line.folder, 'closed')];
    for (const [folder, mode] of [
      [open, 0o777],
      [closed, 0o555],
    ] as const) {
      mkdirSync(folder);
      chmodSync(folder, mode);
    }
    onTestFinished(() => chmodSync(closed, 0o755));

    const page = ['report', '--results', 'results', '--no-recommendations'];
    const commands = [
      line.runTable('closed/new'),
      line.runTable('results', '--save', 'closed/model.safetensors'),
      line.runTable('results', '--checkpoint', 'closed/new/state'),
      [...page, '--output', 'closed/page.html'],
      [...page, '--output', 'open/page.html', '--figures', 'closed/figures'],
      ['run', 'talk/popularity', '--experiments', experiments, '--results', 'open/results', '--data', 'closed/data'],
    ];
    const program = ['--conditions=@footlight/source', '--import', import.meta.resolve('tsx'), fixture];
    const { stdout, stderr } = run([...program, line.folder, JSON.stringify(commands)]);
    expect(stderr.replaceAll(/^.*(Warning|trace-warnings).*\n/gm, '')).toBe('');
    const clean = (text: string) => text.replaceAll(line.folder, '…').replace(/-[0-9a-f]{8}\b/g, '-…');
    expect(
      (JSON.parse(stdout) as [number, string][]).map(([code, text]) => `${code}: ${clean(text)}`),
    ).toMatchInlineSnapshot(`
      [
        "1: footlight run own/likes-factorization-bpr-leave-random-out-…: could not write the lock …/closed/new/.unfinished/own/likes-factorization-bpr-leave-random-out-….lock: EACCES: permission denied, mkdir '…/closed/new'.
      ",
        "1: footlight: could not write …/closed/model.safetensors: EACCES: permission denied, access '…/closed'.
      ",
        "1: footlight: could not write …/closed/new/state: EACCES: permission denied, access '…/closed'.
      ",
        "1: footlight: could not write …/closed/page.html: EACCES: permission denied, access '…/closed'.
      ",
        "1: footlight: could not write …/closed/figures/figure.svg: EACCES: permission denied, access '…/closed'.
      ",
        "3: ml-100k.zip: expected to create the folder …/closed/data, received the error "EACCES: permission denied, mkdir '…/closed/data'". Set FOOTLIGHT_DATA to a folder that can be written to.
      ",
      ]
    `);
    expect(readdirSync(closed)).toEqual([]);
    expect(readdirSync(open)).not.toContain('page.html');
  }, 120_000);
});
