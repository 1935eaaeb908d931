import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import { createStudy, randomSampler, type Sampler, type Trial, tpeSampler } from '@footlight/studies';
import { markdownTable } from 'markdown-table';
import { type TestFunction, testFunctions } from './objectives.js';
import { summarizeRegrets } from './summarize-regrets.js';

// Compares TPE with random search, and with Optuna's TPE, by the regret of 100 trials on functions with known minima:
//
//   python apps/benchmarks/reference/studies.py 50 > optuna.jsonl
//   npx tsx --conditions=@footlight/source apps/benchmarks/performance/studies/compare-samplers.ts 50 optuna.jsonl

const trials = 100;
const [seeds = '50', optuna] = process.argv.slice(2);

interface Line {
  readonly objective: string;
  readonly workers: number;
  readonly seed: number;
  readonly best: number;
}

/** The regret of one search in which some trials run at once; the oldest one ends first. */
async function search(sampler: Sampler, { compute, minimum }: TestFunction, seed: number, workers: number) {
  const study = await createStudy({ name: 'comparison', seed, sampler });
  const running: [Trial, number][] = [];
  for (let number = 0; number < trials; number++) {
    if (number >= workers) await study.tell(...running.shift()!);
    const trial = await study.ask();
    running.push([trial, compute(trial)]);
  }
  for (const each of running) await study.tell(...each);
  return study.best.values![0]! - minimum;
}

const lines: readonly Line[] = optuna
  ? readFileSync(optuna, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  : [];
const rows = [['function', 'at once', 'ours', "Optuna's TPE", 'random', 'not worse than Optuna', 'ahead of random']];
for (const [name, each] of Object.entries(testFunctions))
  for (const workers of [1, 8]) {
    const [ours, random]: [number[], number[]] = [[], []];
    for (let seed = 0; seed < Number(seeds); seed++) {
      ours.push(await search(tpeSampler(), each, seed, workers));
      random.push(await search(randomSampler(), each, seed, workers));
    }
    const theirs = lines
      .filter((line) => line.objective === name && line.workers === workers && line.seed < Number(seeds))
      .map(({ best }) => best - each.minimum);
    const [one, other, drawn] = [ours, theirs, random].map((regrets) => summarizeRegrets(regrets, createRng(name)));
    const isFine = other && one!.median <= other.median + other.standardError;
    rows.push([
      name,
      String(workers),
      ...[one, other, drawn].map((summary) => summary?.text ?? '–'),
      isFine === undefined ? '–' : isFine ? 'yes' : 'no',
      one!.median < drawn!.median ? 'yes' : 'no',
    ]);
  }
console.log(markdownTable(rows));
