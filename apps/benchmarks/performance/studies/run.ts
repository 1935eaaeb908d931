import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertInteger, invalid, RecsysError } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';
import { Command, Option } from 'commander';
import { createCacheFolder } from '../measure/cache-folder.js';
import { readMachine } from '../measure/machine.js';
import { preparePython } from '../measure/prepare-python.js';
import { runProgram } from '../measure/run-program.js';
import { compareSamplers, parseOptunaSearches } from './compare-samplers.js';
import { formatStudiesPage, type StudiesReport } from './format-comparison.js';
import { measureSpeed } from './measure-speed.js';
import { measureWorkers } from './measure-workers.js';
import { measureWorks } from './measure-works.js';

// Compares the samplers with Optuna on functions with known minima, and the speed of studies with Optuna's in turns;
// and two workers with one. Stores the results and their page in results/studies.
//
//   npm run bench:studies -- --only samplers
//   npm run bench:studies -- --only speed
//   npm run bench:studies -- --only workers

interface Options {
  readonly only?: 'samplers' | 'speed' | 'workers';
  readonly seeds: string;
  readonly rounds: string;
  readonly python?: string;
  readonly optuna?: string;
  readonly page?: true;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = here('../results/studies/');
const script = here('../../reference/studies.py');

try {
  await run(
    new Command('bench:studies')
      .addOption(
        new Option('--only <part>', 'part to measure; others are kept').choices(['samplers', 'speed', 'workers']),
      )
      .option('--seeds <count>', 'searches per function and sampler', '50')
      .option('--rounds <count>', 'rounds of the measurement of speed', '10')
      .option('--python <path>', 'Python with Optuna (default: an environment is created)')
      .option('--optuna <path>', 'searches that reference/studies.py has printed before (default: it is run)')
      .option('--page', 'format the page of stored results again, without measuring')
      .parse()
      .opts<Options>(),
  );
} catch (error) {
  if (!(error instanceof RecsysError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run(options: Options): Promise<void> {
  const path = join(folder, 'results.json');
  const stored = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as StudiesReport) : undefined;
  if (stored === undefined && (options.page ?? options.only) !== undefined)
    invalid('bench:studies', 'stored results', 'none', 'Measure all parts first, without --only and --page.');
  const report = options.page ? stored! : await measure(options, stored);
  const page = formatStudiesPage(report);
  await writeFileAtomically(path, `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomically(join(folder, 'README.md'), page);
  console.log(page);
}

/** Measures all parts, or one and keeps the others. */
async function measure(options: Options, stored: StudiesReport | undefined): Promise<StudiesReport> {
  const [seeds, rounds] = [Number(options.seeds), Number(options.rounds)];
  assertInteger('bench:studies --seeds', seeds);
  assertInteger('bench:studies --rounds', rounds);
  if (options.only === 'workers') return { ...stored!, workers: await measureTwoWorkers() };
  const python = await findPython(options.python);
  const optunaVersion = (await runProgram(python, ['-c', 'import optuna; print(optuna.__version__)'])).trim();
  const info = { date: new Date().toISOString(), machine: readMachine(), optunaVersion };
  const measureSamplers = async (): Promise<StudiesReport['samplers']> => {
    const text = options.optuna ? readFileSync(options.optuna, 'utf8') : await runProgram(python, [script, `${seeds}`]);
    const results = await compareSamplers(parseOptunaSearches(text), seeds, (name) => void console.error(name));
    return { ...info, command: 'npm run bench:studies -- --only samplers', seeds, results };
  };
  const measureTimes = async (): Promise<StudiesReport['speed']> => ({
    ...info,
    command: 'npm run bench:studies -- --only speed',
    results: { calls: await measureSpeed(python, rounds), works: await measureWorks(3) },
  });
  return {
    samplers: options.only === 'speed' ? stored!.samplers : await measureSamplers(),
    speed: options.only === 'samplers' ? stored!.speed : await measureTimes(),
    ...(options.only ? stored!.workers && { workers: stored!.workers } : { workers: await measureTwoWorkers() }),
  };
}

async function measureTwoWorkers(): Promise<NonNullable<StudiesReport['workers']>> {
  return {
    date: new Date().toISOString(),
    machine: readMachine(),
    command: 'npm run bench:studies -- --only workers',
    results: await measureWorkers(3),
  };
}

/** The given Python, or one with the packages of reference/studies-requirements.txt. */
async function findPython(given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const found = await preparePython(createCacheFolder('studies'), here('../../reference/studies-requirements.txt'));
  if ('path' in found) return found.path;
  return invalid('bench:studies', 'Python with Optuna', `none (${found.reason})`, 'Give one with --python.');
}
