import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertInteger } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import { drawFigure } from '@footlight/report';
import { writeFileAtomically } from '@footlight/trainer';
import { Command } from 'commander';
import { interpreter } from '../measuring/interpreter.js';
import { thisMachine } from '../measuring/machine.js';
import { type Spread, spread } from '../measuring/spread.js';
import type { Contest } from './contest.js';
import { autoencoders } from './contests/autoencoders.js';
import { factorizations } from './contests/factorizations.js';
import { products } from './contests/products.js';
import { ranking } from './contests/rankings.js';
import { sequenceRanking, sequences } from './contests/sequences.js';
import { solvers } from './contests/solvers.js';
import { dated, isSame, merged, type WrittenReport } from './kept.js';
import { measureMemory } from './memory.js';
import type { Occasion } from './occasion.js';
import { type EngineReport, page, type Standing } from './page.js';
import { type Answer, type PeerProcess, type Peers, peersOf } from './peer-process.js';
import { figuresOf, measureScaling } from './scaling.js';

// Footlight's engine beside PyTorch, numpy, LightFM and implicit: the same work in turns on one machine. MovieLens 1M is downloaded once, or lies in the
// folder FOOTLIGHT_DATA.
//
//   npx pnpm bench:engine

const all: Contest[] = [
  ...products,
  ...factorizations,
  ...solvers,
  ...sequences,
  sequenceRanking,
  ...autoencoders,
  ranking,
];
const options = new Command('bench:engine')
  .option('--turns <count>', 'how often each work is done by each', '5')
  .option(
    '--only <text>',
    'works whose name or group contains this text, or scaling, or memory; the others are kept as they were measured before',
  )
  .option(
    '--python <path>',
    'a Python that has the peers; default: one is made, with what engine/requirements.txt names',
  )
  .option('--no-scaling', 'leaves out how steps grow with sizes')
  .parse()
  .opts<{ turns: string; only?: string; python?: string; scaling: boolean }>();
const turns = Number(options.turns);
assertInteger('bench:engine --turns', turns);

const results = fileURLToPath(new URL('../results/engine/', import.meta.url));
const { only = '' } = options;
const chosen = all.filter(({ group, name }) => `${group} ${name}`.toLowerCase().includes(only.toLowerCase()));
const { name: backend } = await useBackend();
const threads = Number(process.env.FOOTLIGHT_THREADS) || availableParallelism();
const loads: number[] = [loadavg()[0]!];
const python = pythonWithPeers();
const peers = python === undefined ? undefined : peersOf(python, threads);
const standings: Standing[] = [];
for (const contest of chosen) standings.push(await compete(contest, peers));
peers?.close();
const before = only === '' ? undefined : await keptParts();
const chosenToo = (part: string) => part.includes(only.toLowerCase());
const grows = options.scaling && chosenToo('scaling');
const scaling = grows ? measureScaling((point) => tell(`scaling · ${JSON.stringify(point)}`)) : [];
if (chosenToo('memory')) tell('memory');
const memory = chosenToo('memory') ? await measureMemory(python, threads) : [];
const occasion: Occasion = {
  command: [
    'npx pnpm bench:engine',
    ...(turns === 5 ? [] : [`--turns ${turns}`]),
    ...(only === '' ? [] : [`--only ${only.includes(' ') ? `"${only}"` : only}`]),
  ].join(' '),
  date: new Date().toISOString(),
  turns,
  backend,
  threads,
  machine: thisMachine(),
  load: spread(loads),
};
const fresh = dated({ ...occasion, standings, scaling, memory });
const report: EngineReport = { ...occasion, ...(before ? merged(before, fresh) : fresh) };
const figures = report.scaling.flatMap(figuresOf);
const text = page(
  report,
  figures.map(({ id, title }) => ({ file: `${id}.svg`, text: title })),
);
process.stdout.write(text);
if (only === '' || before) {
  for (const figure of figures) await writeFileAtomically(join(results, `${figure.id}.svg`), drawFigure(figure));
  await writeFileAtomically(join(results, 'results.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomically(join(results, 'README.md'), text);
}

/** The parts of what was written last, if it is about all the works that there are. */
async function keptParts(): Promise<ReturnType<typeof dated> | undefined> {
  const file = join(results, 'results.json');
  if (!existsSync(file)) return undefined;
  const kept = JSON.parse(await readFile(file, 'utf8')) as WrittenReport;
  return all.every((contest) => kept.standings.some((standing) => isSame(standing, contest))) ? dated(kept) : undefined;
}

async function compete(contest: Contest, peers: Peers | undefined): Promise<Standing> {
  const { ours, request = [] } = await contest.prepare();
  const able: PeerProcess[] = [];
  const others: Record<string, number[]> = {};
  for (const each of peers ? [request].flat() : []) {
    const peer = peers!.of(each);
    const found = await peer.prepare(each);
    if (found.length > 0) able.push(peer);
    for (const name of found) others[name] = [];
  }
  const own: number[] = [];
  for (let turn = 0; turn <= turns; turn++) {
    const seconds = await ours();
    await pause();
    const answer: Answer = await runAll(able);
    loads.push(loadavg()[0]!);
    if (turn === 0) continue; // all warm up
    own.push(seconds);
    for (const [name, times] of Object.entries(others)) times.push(answer[name]!);
  }
  const names = Object.keys(others);
  const best = own.map((_, turn) => Math.min(...names.map((name) => others[name]![turn]!)));
  const { prepare: _, ...said } = contest;
  const standing: Standing = {
    ...said,
    seconds: spread(own),
    peers: Object.fromEntries(Object.entries(others).map(([name, times]): [string, Spread] => [name, spread(times)])),
    ...(names.length > 0 ? { ratio: spread(own.map((seconds, turn) => seconds / best[turn]!)) } : {}),
  };
  tell(
    `${contest.group} · ${contest.name} · ${standing.seconds.median.toFixed(4)} s, by the best peer ${standing.ratio?.median.toFixed(3) ?? '–'}`,
  );
  return standing;
}

async function runAll(able: readonly PeerProcess[]): Promise<Answer> {
  const answers: Answer[] = [];
  for (const peer of able) {
    answers.push(await peer.run());
    await pause();
  }
  return Object.assign({}, ...answers) as Answer;
}

/** Threads that wait for work by spinning take a while to sleep. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}

function pythonWithPeers(): string | undefined {
  if (options.python) return options.python;
  const found = interpreter(
    join(tmpdir(), 'footlight-engine'),
    fileURLToPath(new URL('requirements.txt', import.meta.url)),
  );
  if ('path' in found) return found.path;
  tell(`measures Footlight alone, because Python or its packages are missing (${found.reason})`);
  return undefined;
}

function tell(line: string): void {
  process.stderr.write(`engine: ${line}\n`);
}
