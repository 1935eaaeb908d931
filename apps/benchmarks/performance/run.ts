import { availableParallelism, constants, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { assertInteger, RecsysError } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import { Argument, Command } from 'commander';
import { measureMemory } from './engine/measure-memory.js';
import { measureScaling } from './engine/measure-scaling.js';
import { engine } from './engine/suite.js';
import { engineWasm } from './engine/wasm-suite.js';
import { experiments } from './experiments/suite.js';
import { kernels } from './kernels/suite.js';
import { createCacheFolder } from './measure/cache-folder.js';
import { readMachine } from './measure/machine.js';
import { openPeers } from './measure/peer-process.js';
import { preparePython } from './measure/prepare-python.js';
import { type BenchmarkResult, runCase } from './measure/run-case.js';
import { computeSpread } from './measure/spread.js';
import { mergeResults } from './page/merge-results.js';
import type { PerformanceReport, PerformanceResults } from './page/report.js';
import type { RunInfo } from './page/run-info.js';
import { createPage, readStoredReport, storeReport } from './page/stored-report.js';
import { allRatings, reading } from './reading/suite.js';
import type { Suite } from './suite.js';

// Measures Footlight and other libraries in turns, on the same work and machine, and writes a page with the results.
//
//   npm run bench -- latest-small/popularity
//   npm run bench:engine -- --only lstm
//   npm run bench:engine-wasm
//   npm run bench:kernels -- --no-peers
//   npm run bench:reading

const suites: Readonly<Record<string, Suite>> = {
  experiments,
  engine,
  'engine-wasm': engineWasm,
  kernels,
  reading,
};

interface Options {
  readonly rounds: string;
  readonly only?: string;
  readonly python?: string;
  readonly peers: boolean;
  readonly scaling: boolean;
  readonly store: boolean;
  readonly page?: true;
  readonly ratings: string;
}

process.on('uncaughtException', (error) => {
  console.error(error instanceof RecsysError ? error.message : error);
  process.exit(1);
});
// The programs that are measured end with this process.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
process.stdout.on('error', () => process.exit(1)); // the reader has closed the output

const command = new Command('bench')
  .addArgument(new Argument('<suite>', 'benchmarks to run').choices(Object.keys(suites)))
  .argument('[experiment...]', 'experiments to measure, in the suite of experiments')
  .option('--rounds <count>', 'rounds of each case', '5')
  .option('--only <text>', 'cases whose name or group contains this text; stored results of the others are kept')
  .option('--python <path>', 'Python with the packages of the peers (default: an environment is created)')
  .option('--no-peers', 'measure Footlight alone')
  .option('--no-scaling', 'skip the scaling of training steps by size')
  .option('--page', 'format the page of stored results again, without measuring')
  .option('--no-store', 'print the page without storing results')
  .option('--ratings <count>', 'generated ratings to read', String(allRatings))
  .parse();
const [name, ...names] = command.args as [string, ...string[]];
const options = command.opts<Options>();
const suite = suites[name]!;
const [rounds, ratings] = [Number(options.rounds), Number(options.ratings)];
assertInteger('bench --rounds', rounds);
assertInteger('bench --ratings', ratings);
const only = options.only?.toLowerCase() ?? '';
const isChosen = (text: string): boolean => text.toLowerCase().includes(only);

if (options.page) {
  const stored = await readStoredReport(suite, []);
  if (stored) await storeReport(suite, stored);
  process.exit(0);
}
const allCases = await suite.createCases({ names, ratings });
const backend = suite.usesBackend ? (await useBackend(suite.backend)).name : undefined;
const threads = Number(process.env.FOOTLIGHT_THREADS) || availableParallelism();
const loads = [loadavg()[0]!];
const python = await findPython();
const fresh = await measure();
const run: RunInfo = {
  command: formatCommand(),
  date: new Date().toISOString(),
  rounds,
  ...(backend === undefined ? {} : { backend }),
  threads,
  machine: readMachine(),
  load: computeSpread(loads),
};
const { report, isComplete } = await createReport();
process.stdout.write(createPage(suite, report));
if (suite.isStored && options.store && isComplete && ratings === allRatings) await storeReport(suite, report);

async function measure(): Promise<{
  [Part in keyof PerformanceResults]: Omit<PerformanceResults[Part][number], 'run'>[];
}> {
  const peers = python === undefined ? undefined : openPeers(python, threads);
  const results: BenchmarkResult[] = [];
  for (const benchmark of allCases.filter((each) => isChosen(`${each.group} ${each.name}`))) {
    const { warmUp } = suite;
    const result = await runCase(benchmark, {
      rounds,
      warmUp,
      peers,
      alone: !options.peers,
      onLoad: (load) => loads.push(load),
    });
    log(`${result.group} · ${result.name} · ${formatSummary(result)}`);
    results.push(result);
  }
  peers?.close();
  const processes = suite.measuresProcesses ?? false;
  return {
    results,
    scaling:
      processes && options.scaling && isChosen('scaling')
        ? await measureScaling((point) => log(`scaling · ${JSON.stringify(point)}`))
        : [],
    memory: processes
      ? await measureMemory({
          ...{ python, threads },
          isChosen: (memoryOf) => isChosen(`memory ${memoryOf}`),
          onStart: (memoryOf) => log(`memory · ${memoryOf}`),
        })
      : [],
  };
}

function formatSummary({ seconds, ratio }: BenchmarkResult): string {
  const compared = ratio ? `, ours / fastest ${ratio.median.toFixed(3)}` : '';
  return `${seconds.median.toPrecision(4)} s${compared}`;
}

/** Merges the measurements with stored results of other cases; a test holds that every case has one. */
async function createReport(): Promise<{ readonly report: PerformanceReport; readonly isComplete: boolean }> {
  const addRun = <Result extends object>(results: readonly Result[]) => results.map((each) => ({ ...each, run }));
  const dated = {
    results: addRun(fresh.results),
    memory: addRun(fresh.memory),
    scaling: addRun(fresh.scaling),
  } as PerformanceResults;
  const stored = only === '' ? undefined : await readStoredReport(suite, []);
  const report = { ...run, ...(stored ? mergeResults(stored, dated, allCases) : dated) };
  return { report, isComplete: only === '' || stored !== undefined || (suite.storesParts ?? false) };
}

async function findPython(): Promise<string | undefined> {
  if (!options.peers || suite.requirements === undefined) return undefined;
  if (options.python) return options.python;
  const requirements = fileURLToPath(new URL(`peers/${suite.requirements}`, import.meta.url));
  const found = await preparePython(createCacheFolder(suite.name), requirements);
  if ('path' in found) return found.path;
  log(`measures Footlight alone: Python or its packages are missing (${found.reason})`);
  return undefined;
}

function formatCommand(): string {
  const words = [
    ...names,
    ...(rounds === 5 ? [] : [`--rounds ${rounds}`]),
    ...(only === '' ? [] : [`--only ${only.includes(' ') ? `"${options.only}"` : options.only}`]),
    ...(options.peers ? [] : ['--no-peers']),
    ...(ratings === allRatings ? [] : [`--ratings ${ratings}`]),
  ];
  return `npm run ${suite.script}${words.length === 0 ? '' : ` -- ${words.join(' ')}`}`;
}

function log(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}
