import { execFileSync } from 'node:child_process';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertInteger } from '@footlight/core';
import { writeFileAtomically } from '@footlight/trainer';
import { Command } from 'commander';
import { interpreter } from '../measuring/interpreter.js';
import { generate } from './generate.js';
import type { Measured, Task } from './measured.js';
import { assertAgreement, type Contest, page, type Run, report } from './report.js';

// Reads 20 million generated rows with Footlight and with the dataframe libraries of Python, in turn, each in a process of its own.

const here = fileURLToPath(new URL('.', import.meta.url));
const results = fileURLToPath(new URL('../results/reading/', import.meta.url));
const folder = join(tmpdir(), 'footlight-reading');

const { rounds: wanted } = new Command('bench:reading')
  .option('--rounds <count>', 'how often each is measured', '5')
  .parse()
  .opts<{ rounds: string }>();
const rounds = Number(wanted);
assertInteger('bench:reading --rounds', rounds);
const { csv, zip } = generate(folder);
const python = pythonWithPeers();
const contests = contestsOf(python !== undefined);
for (let round = 1; round <= rounds; round++) for (const contest of contests) compete(contest, round);
assertAgreement(contests);
const kept = report(contests, { rounds, python: python !== undefined });
await writeFileAtomically(join(results, 'results.json'), `${JSON.stringify(kept, null, 2)}\n`);
await writeFileAtomically(join(results, 'README.md'), page(kept));
console.log(page(kept));

function contestsOf(peers: boolean): Contest[] {
  const contest = (title: string, task: Task, path: string, names: readonly string[]): Contest => ({
    title,
    task,
    path,
    contestants: ['footlight', ...(peers ? names : [])].map((name) => ({ name, runs: [] as Run[] })),
  });
  return [
    contest('read ratings.csv', 'read', csv, ['pandas', 'polars', 'duckdb']),
    ...(zip === undefined ? [] : [contest('read ml-20m.zip', 'read', zip, ['pandas'])]),
    contest('prepare for the Mult-VAE', 'prepare', csv, ['pandas', 'polars']),
  ];
}

function compete({ title, task, path, contestants }: Contest, round: number): void {
  for (const { name, runs } of contestants) {
    const measured = measure(name, task, path);
    runs.push({ ...measured, load: loadavg()[0]! });
    console.error(`reading: round ${round} of ${rounds} · ${title} · ${name} ${measured.seconds.toFixed(2)} s`);
  }
}

function measure(name: string, task: Task, path: string): Measured {
  const [program, args] =
    name === 'footlight'
      ? [process.execPath, ['--conditions=@footlight/source', '--import', 'tsx', join(here, 'ours.ts'), task, path]]
      : [python!, [join(here, 'peers.py'), name, task, path]];
  return JSON.parse(
    execFileSync(program, args, { cwd: here, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  ) as Measured;
}

/** None where there is no Python or its packages cannot be had. */
function pythonWithPeers(): string | undefined {
  const found = interpreter(folder, join(here, 'requirements.txt'));
  if ('path' in found) return found.path;
  console.error(`reading: measures Footlight alone, because Python or its packages are missing (${found.reason})`);
  return undefined;
}
