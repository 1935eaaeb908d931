import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const createPath = async (name: string) => join(await mkdtemp(join(tmpdir(), 'footlight-')), name);

describe('runExperiment in a process that is killed', () => {
  it('produces the bytes of an uninterrupted run after SIGKILL and resume', async () => {
    const [whole, killed] = [await createPath('whole'), await createPath('killed')];
    const start = (artifact: string) =>
      spawn(
        process.execPath,
        [
          '--conditions=@footlight/source',
          '--import',
          'tsx',
          fileURLToPath(new URL('run-and-save.fixture.ts', import.meta.url)),
          artifact,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
    const finished = (child: ReturnType<typeof start>) =>
      new Promise<number | null>((resolve) => child.on('exit', resolve));

    expect(await finished(start(whole))).toBe(0);
    const victim = start(killed);
    const death = finished(victim);
    // written after every step, so this is early in the first epoch
    while (!existsSync(`${killed}.checkpoint`)) await wait(5);
    victim.kill('SIGKILL');
    await death;
    expect(existsSync(killed)).toBe(false);
    expect(await finished(start(killed))).toBe(0);
    expect((await readFile(killed)).equals(await readFile(whole))).toBe(true);
  });
});
