import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assertNumber } from '@footlight/core';
import { type BackendName, useBackend } from '@footlight/engine';
import { Command } from 'commander';
import { markdownTable } from 'markdown-table';
import { createWorks, type Work } from './works.js';

// Measures training on a GPU beside PyTorch on the same GPU, in at most ten minutes: BPR with batches up to 2¹⁸
// interactions, an epoch of an LSTM, a step of a Mult-VAE. Prints a table; nothing is stored.
//
//   npm run bench:gpu -- --backend tensorflow-gpu --python /path/to/python
//   npm run bench:gpu -- --backend webgpu --tiny            that it works, on any machine

interface Options {
  readonly backend: BackendName;
  readonly minutes: string;
  readonly python: string;
  readonly device: string;
  readonly tiny?: true;
}

const options = new Command('bench:gpu')
  .requiredOption('--backend <name>', 'backend to measure: tensorflow-gpu, webgpu or another')
  .option('--minutes <count>', 'minutes in all, half of them for PyTorch', '10')
  .option('--python <path>', 'Python with PyTorch', 'python3')
  .option('--device <name>', 'device of PyTorch', 'cuda')
  .option('--tiny', 'sizes that say nothing about speed')
  .parse()
  .opts<Options>();
const minutes = Number(options.minutes);
assertNumber('bench:gpu --minutes', minutes, { above: 0 });
const half = (minutes * 60_000) / 2;

const { name, reason } = await useBackend(options.backend);
console.log(`${name}: ${reason}. PyTorch on ${options.device}.\n`);
const works = createWorks({ tiny: options.tiny === true });
const ours = await measureFootlight(works, performance.now() + half);
const theirs = await measurePytorch();
console.log(
  markdownTable([
    ['work', 'Footlight', 'PyTorch', 'unit'],
    ...works.map((work, at) => [work.name, ours[at]!, theirs.get(work.peer) ?? theirs.get('all') ?? '–', work.unit]),
  ]),
);
process.exit(0); // the runtimes of some devices keep the process alive

/** Each work gets an even share of the time that is left; what does not fit is named. */
async function measureFootlight(all: readonly Work[], end: number): Promise<string[]> {
  const results: string[] = [];
  for (const [at, work] of all.entries()) {
    const share = (end - performance.now()) / (all.length - at);
    try {
      results.push(format(await work.measure(AbortSignal.timeout(Math.max(1, Math.round(share))))));
    } catch (error) {
      results.push(`no result (${(error as Error).message.split('\n')[0]})`);
    }
  }
  return results;
}

/** Runs the same works in PyTorch: lines of a work and its number, `all` with a reason if there is none. */
async function measurePytorch(): Promise<Map<string, string>> {
  const script = fileURLToPath(new URL('../peers/gpu_training.py', import.meta.url));
  const parameters = [script, options.device, ...(options.tiny ? ['tiny'] : [])];
  try {
    const { stdout } = await promisify(execFile)(options.python, parameters, { timeout: half });
    return readLines(stdout);
  } catch (error) {
    const { stdout = '', stderr = '', killed } = error as { stdout?: string; stderr?: string; killed?: boolean };
    const why = killed ? 'no time left' : stderr.trim().split('\n').at(-1) || (error as Error).message.split('\n')[0]!;
    return new Map([['all', `no result (${why})`], ...readLines(stdout)]);
  }
}

function readLines(text: string): Map<string, string> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line): [string, string] => {
        const [work, value] = line.split('\t') as [string, string];
        return [work, format(Number(value))];
      }),
  );
}

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}
