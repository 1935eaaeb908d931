import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertInteger, invalid, RecsysError } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';
import { Command } from 'commander';
import { readMachine } from '../measure/machine.js';
import { allUsers, serveCases } from './cases.js';
import { formatServePage, type ServeReport, type ServeResult } from './format-page.js';
import { measureAllUsers, measureCase } from './measure.js';

// Measures the service over loopback, and recommend-all. Stores the results and their page in results/serve.
//
//   npm run bench:serve
//   npm run bench:serve -- --only GRU

interface Options {
  readonly only?: string;
  readonly seconds: string;
  readonly page?: true;
}

const defaultSeconds = 10;
const folder = fileURLToPath(new URL('../results/serve/', import.meta.url));

try {
  await run(
    new Command('bench:serve')
      .option('--only <text>', 'cases whose name contains this text; stored results of the others are kept')
      .option('--seconds <count>', 'seconds that requests are sent for', String(defaultSeconds))
      .option('--page', 'format the page of stored results again, without measuring')
      .parse()
      .opts<Options>(),
  );
} catch (error) {
  if (!(error instanceof RecsysError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run({ only = '', seconds: given, page }: Options): Promise<void> {
  const seconds = Number(given);
  assertInteger('bench:serve --seconds', seconds);
  const path = join(folder, 'results.json');
  const stored = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ServeReport).results : [];
  const fresh = page ? [] : await measure(only, seconds);
  if (fresh.length === 0 && !page)
    invalid('bench:serve --only', `a part of ${[...serveCases, allUsers].map(({ name }) => name).join(' or ')}`, only);
  const report = { results: [...stored.filter(({ name }) => !fresh.some((each) => each.name === name)), ...fresh] };
  await writeFileAtomically(path, `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomically(join(folder, 'README.md'), formatServePage(report));
  console.log(formatServePage(report));
}

async function measure(only: string, seconds: number): Promise<ServeResult[]> {
  const isChosen = ({ name }: { readonly name: string }) => name.toLowerCase().includes(only.toLowerCase());
  const run = {
    command: formatCommand(only, seconds),
    date: new Date().toISOString(),
    machine: readMachine(),
    seconds,
  };
  const results: ServeResult[] = [];
  const add = (result: Omit<ServeResult, 'run'>) => {
    console.error(`bench: ${result.name} · ${JSON.stringify(result.figures)} · load ${result.load.toFixed(1)}`);
    results.push({ ...result, run });
  };
  for (const each of serveCases.filter(isChosen)) add(await measureCase(each, { seconds, warmUp: 3 }));
  if (isChosen(allUsers)) add(await measureAllUsers());
  return results;
}

function formatCommand(only: string, seconds: number): string {
  const options = [
    ...(only ? [`--only ${/^[\w-]+$/.test(only) ? only : `"${only}"`}`] : []),
    ...(seconds === defaultSeconds ? [] : [`--seconds ${seconds}`]),
  ];
  return ['npm run bench:serve', ...(options.length > 0 ? ['--', ...options] : [])].join(' ');
}
