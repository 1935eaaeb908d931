import { RecsysError } from '@footlight/core';
import { markdownTable } from 'markdown-table';
import { describeMachine, type Machine, thisMachine } from '../measuring/machine.js';
import { type Spread, spread, withRange } from '../measuring/spread.js';
import type { Measured, Task } from './measured.js';

export interface Run extends Measured {
  /** Load average of the last minute when the run ended: what else the machine did. */
  readonly load: number;
}

/** One task, done by each contestant once per round. */
export interface Contest {
  readonly title: string;
  readonly task: Task;
  readonly path: string;
  /** Ours is the first. */
  readonly contestants: readonly { readonly name: string; readonly runs: Run[] }[];
}

export interface Standing {
  readonly contest: string;
  readonly name: string;
  readonly version: string;
  readonly seconds: Spread;
  /** Time of ours by its own time, round by round: runs of one round met the same load. Absent for ours. */
  readonly ratio?: Spread;
  readonly peakBytes: Spread;
  readonly rows: number;
  readonly runs: readonly Run[];
}

export interface Report {
  readonly command: string;
  readonly date: string;
  readonly rounds: number;
  readonly python: boolean;
  readonly machine: Machine;
  readonly load: Spread;
  readonly standings: readonly Standing[];
}

/** @throws {RecsysError} `results-differ` if contestants read other rows, or those who draw as numpy does drew otherwise */
export function assertAgreement(contests: readonly Contest[]): void {
  for (const { title, contestants } of contests)
    for (const field of ['rows', 'checksum'] as const) {
      const values = contestants.flatMap(({ runs }) => runs.flatMap((run) => run[field] ?? []));
      if (new Set(values).size > 1)
        throw new RecsysError(
          'results-differ',
          `bench:reading (${title}): expected one ${field}, received ${[...new Set(values)].join(', ')}.`,
        );
    }
}

export function report(contests: readonly Contest[], { rounds, python }: Pick<Report, 'rounds' | 'python'>): Report {
  const standings = contests.flatMap(standingsOf);
  return {
    command: `npx pnpm --filter @footlight/benchmarks bench:reading${rounds === 5 ? '' : ` --rounds ${rounds}`}`,
    date: new Date().toISOString(),
    rounds,
    python,
    machine: thisMachine(),
    load: spread(standings.flatMap(({ runs }) => runs.map(({ load }) => load))),
    standings,
  };
}

function standingsOf({ title, contestants }: Contest): Standing[] {
  const ours = contestants[0]!.runs;
  return contestants.map(({ name, runs }, place) => ({
    contest: title,
    name,
    version: runs[0]!.version ?? '',
    seconds: spread(runs.map(({ seconds }) => seconds)),
    ...(place > 0 && { ratio: spread(runs.map(({ seconds }, round) => ours[round]!.seconds / seconds)) }),
    peakBytes: spread(runs.map(({ peakBytes }) => peakBytes)),
    rows: runs[0]!.rows,
    runs,
  }));
}

/** The report as a page in Markdown. */
export function page(kept: Report): string {
  const { command, date, rounds, python, machine, load } = kept;
  return `# Reading 20 million rows

${table(kept)}

Medians of ${rounds} rounds, in brackets smallest and largest; within a round the contestants take turns, each in a process of its own. *ours / theirs* is the median over rounds of the ratio of times: below 1 Footlight is faster. Times are without the start of the process. *peak* is the most memory that the process held at one time, its runtime included.
${python ? '' : '\nPython was missing, or its packages could not be had: Footlight was measured alone.\n'}
- The file is generated: 20,000,263 rows of 138,493 users and 26,744 films in the layout of MovieLens 20M, about 520 MB, in the page cache of the system.
- *read*: to columns in memory. Ours also numbers users and items densely; the others leave the ids as they are. From the zip, ours also compares the checksum and reads the titles.
- *prepare for the Mult-VAE*: read, ratings of 4 and more, users with 5 and more of them, 10,000 + 10,000 users held out, a fifth of their items as targets, all five parts as arrays by user. pandas goes the way of the published notebook, a draw per held-out user, and must arrive at as many rows as ours and at the same checksum over the validation targets, else there is no result; polars does it in expressions, with draws of its own. pandas computes in one thread, polars and duckdb in ${machine.cores}.

Made by \`${command}\`, ${date.slice(0, 10)}: ${describeMachine(machine)}. Load average while it ran: ${digits(load.median)} (${digits(load.smallest)}–${digits(load.largest)}).
`;
}

function table({ standings }: Report): string {
  const rows = standings.map(({ contest, name, version, seconds, ratio, peakBytes }) => [
    contest,
    `${name} ${version}`.trim(),
    withRange(seconds, digits),
    ratio ? withRange(ratio, digits) : '',
    gigabytes(peakBytes.median),
  ]);
  return markdownTable([['task', 'by', 'seconds', 'ours / theirs', 'peak, GB'], ...rows], {
    align: ['l', 'l', 'r', 'r', 'r'],
  });
}

function digits(value: number): string {
  return value.toFixed(2);
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(2);
}
