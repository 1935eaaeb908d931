import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineSearch } from '@footlight/studies/search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CommandLine, createCommandLine } from '../command-line.fixture.js';
import { exitCodes } from '../exit-codes.js';

const hosts = ['--storage', 'redis://:top-secret@db.example:6380/3'];

interface Job {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly [{ readonly image: string; readonly command: readonly string[] }];
      };
    };
  };
}

describe('footlight study manifest', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
    for (const name of ['mine.search.mjs', `it's-$(touch).mjs`, 'line\nbreak.mjs'])
      writeFileSync(join(line.folder, name), 'export default globalThis.createManifestSearch();\n');
    Object.assign(globalThis, {
      createManifestSearch: () =>
        defineSearch({ name: 'Mine/Ümlaut_2', space: () => ({}) as never, objective: { metric: 'mrr' }, trials: 2 }),
    });
  });
  afterAll(() => line.remove());
  const print = (...args: string[]) => line.footlight('study', 'manifest', ...args);
  async function printJob(...args: string[]): Promise<{ text: string; job: Job }> {
    const { code, stdout, stderr } = await print('./mine.search.mjs', '--kubernetes', ...args);
    expect([code, stderr]).toEqual([0, '']);
    return { text: stdout, job: parse(stdout) as Job };
  }
  /** Runs a script with an `srun` that prints its words. */
  function runScript(script: string, env: NodeJS.ProcessEnv = {}) {
    const srun = 'srun() { printf "%s\\n" "$FOOTLIGHT_THREADS" "$@"; }\n';
    const options = { cwd: line.folder, encoding: 'utf8', env: { PATH: process.env.PATH, ...env } } as const;
    expect(spawnSync('bash', ['-n'], { ...options, input: script }).stderr).toBe('');
    return spawnSync('bash', ['--norc', '-c', srun + script], options);
  }

  it('prints a Job of Kubernetes, whose password is in a Secret', async () => {
    const { code, stdout } = await print('./mine.search.mjs', '--kubernetes', '--workers', '7', ...hosts);
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "# 7 workers. The image has the project with its packages, and the data.
      # Elsewhere, this dispatches trials:
      #   npx footlight study run ./mine.search.mjs --storage redis://db.example:6380/3
      # The password of Redis, here and there from the environment:
      #   kubectl create secret generic footlight-redis --from-literal=password="$FOOTLIGHT_REDIS_PASSWORD"
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: footlight-mine-umlaut-2
      spec:
        completions: 7
        parallelism: 7
        backoffLimit: 14
        template:
          spec:
            restartPolicy: OnFailure
            containers:
              - name: worker
                image: footlight-search:latest
                command:
                  - npx
                  - --no-install
                  - footlight
                  - study
                  - work
                  - --storage
                  - redis://db.example:6380/3
                env:
                  - name: FOOTLIGHT_REDIS_PASSWORD
                    valueFrom:
                      secretKeyRef:
                        name: footlight-redis
                        key: password
                  - name: FOOTLIGHT_THREADS
                    value: "2"
                resources:
                  requests:
                    cpu: "2"
                    memory: 4Gi
                  limits:
                    memory: 4Gi
      "
    `);
    const { job, text } = await printJob('--storage', 'redis://db.example');
    expect(job).toMatchObject({ spec: { completions: 50, parallelism: 50 } });
    expect(text).toContain('optional: true');
  });

  it('prints a script of Slurm, whose password is in the environment', async () => {
    const args = ['--slurm', '--cpus', '4', '--memory', '16', '--name', 'night', '--data', '/data'];
    const { code, stdout } = await print('./mine.search.mjs', ...args, ...hosts);
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "#!/bin/bash
      #SBATCH --job-name=night
      #SBATCH --array=1-50
      #SBATCH --ntasks=1
      #SBATCH --cpus-per-task=4
      #SBATCH --mem=16G
      #SBATCH --output=%x-%A_%a.log
      #SBATCH --requeue
      # 50 workers. Submit this in the folder of the project: sbatch SCRIPT.
      # Elsewhere, this dispatches trials:
      #   npx footlight study run ./mine.search.mjs --storage redis://db.example:6380/3
      # The password of Redis, if it has one, is that of the environment: export FOOTLIGHT_REDIS_PASSWORD=…
      set -euo pipefail
      : "\${FOOTLIGHT_REDIS_PASSWORD:?the password of Redis is expected in this variable}"
      export FOOTLIGHT_THREADS=4
      srun npx --no-install footlight study work --storage redis://db.example:6380/3 --data /data
      "
    `);
    expect(runScript(stdout).stderr).toContain('the password of Redis is expected in this variable');
    const { stdout: words } = runScript(stdout, { FOOTLIGHT_REDIS_PASSWORD: 'x' });
    expect(words.trim().split('\n')).toEqual(
      '4 npx --no-install footlight study work --storage redis://db.example:6380/3 --data /data'.split(' '),
    );
    const open = await print('./mine.search.mjs', '--slurm', '--storage', 'redis://db.example');
    expect(runScript(open.stdout)).toMatchObject({ status: 0, stderr: '' });
  });

  it('quotes names and addresses', async () => {
    const data = `/a "b" 'c' $HOME $(touch y) \`touch y\` $$ # : {d}, é \\`;
    const address = `redis://d'b$(e)/3?prefix=a'b"$$(HOME)`;
    const name = `it's-$(touch).mjs`;
    const args = [`./${name}`, '--storage', address, '--data', data, '--image', `x: "y" 'z' #`];
    const work = ['study', 'work', '--storage', new URL(address).href, '--data', data];
    const job = await print(...args, '--kubernetes');
    expect(job.stderr).toBe('');
    const { spec } = parse(job.stdout) as Job;
    const [{ image, command }] = spec.template.spec.containers;
    expect(image).toBe(`x: "y" 'z' #`);
    expect(command.every((word) => !/(?<!\$)(\$\$)*\$(?!\$)/.test(word))).toBe(true); // none is replaced
    expect(command.map((word) => word.replaceAll('$$', '$')).slice(3)).toEqual(work);
    const script = await print(...args, '--slurm');
    const ran = runScript(script.stdout);
    expect(ran.stdout.trim().split('\n').slice(4)).toEqual(work);
    expect(spawnSync('ls', ['x', 'y'], { cwd: line.folder }).status).not.toBe(0);
    const [, dispatch] = /^# {3}npx (.*)$/m.exec(script.stdout)!;
    const words = spawnSync('bash', ['--norc', '-c', `printf '%s\\n' ${dispatch}`], { encoding: 'utf8' }).stdout;
    expect(words.trim().split('\n').slice(3)).toEqual([`./${name}`, '--storage', new URL(address).href]);
  });

  it('says in one sentence what is missing or wrong', async () => {
    const file = './mine.search.mjs';
    const wrong = await Promise.all([
      print(file, ...hosts),
      print(file, '--slurm', '--kubernetes', ...hosts),
      print(file, '--slurm'),
      print(file, '--slurm', '--storage', 'mine.log'),
      print(file, '--slurm', '--storage', 'redis://:top-secret@db/x'),
      print(file, '--slurm', '--storage', 'http://:top-secret@db'),
      print('./line\nbreak.mjs', '--slurm', ...hosts),
      print(file, '--slurm', '--storage', 'redis://db\ntouch x'),
      print(file, '--kubernetes', ...hosts, '--image', 'a\nb'),
      print(file, '--kubernetes', ...hosts, '--name', 'My Job'),
      print(file, '--kubernetes', ...hosts, '--secret', 'a b'),
      print(file, '--kubernetes', ...hosts, '--workers', '0'),
      print('./none.mjs', '--slurm', ...hosts),
    ]);
    expect(wrong.filter(({ code, stdout }) => code === exitCodes.done || stdout !== '')).toEqual([]);
    expect(wrong.map(({ stderr }) => stderr.trim().split('\n')[0])).toMatchInlineSnapshot(`
      [
        "footlight study manifest: expected one of --kubernetes and --slurm, received none.",
        "error: option '--kubernetes' cannot be used with option '--slurm'",
        "footlight study manifest: expected --storage redis://host, received none. Workers on several machines need a log on a Redis server.",
        "footlight study manifest: expected --storage redis://host, received another address. Workers on several machines need a log on a Redis server.",
        "Expected an address such as redis://[user:password@]host[:port][/database][?prefix=text], received redis://:***@db/x, whose database is no number. rediss:// connects with TLS.",
        "footlight study manifest: expected --storage redis://host, received another address. Workers on several machines need a log on a Redis server.",
        "footlight study manifest: expected search without line breaks and control characters, received some. Correct it.",
        "footlight study manifest: expected storage without line breaks and control characters, received some. Correct it.",
        "footlight study manifest: expected image without line breaks and control characters, received some. Correct it.",
        "footlight study manifest --name: expected at most 52 of a–z, 0–9 and, between them, -, received My Job.",
        "footlight study manifest --secret: expected at most 52 of a–z, 0–9 and, between them, -, received a b.",
        "error: option '--workers <count>' argument '0' is invalid. Expected a positive integer.",
        "…/none.mjs: expected a file, received none. Check the path.",
      ]
    `);
    expect(JSON.stringify(wrong)).not.toContain('top-secret');
    const local = await print(file, '--slurm', '--storage', 'redis://localhost');
    expect(local.stderr).toContain('other machines do not reach this address');
  });
});
