import { markdownTable } from 'markdown-table';
import { describeMachine, type Machine } from '../measuring/machine.js';
import { type Spread, withRange } from '../measuring/spread.js';
import type { Contest } from './contest.js';
import type { MemoryStanding } from './memory.js';
import type { Sweep } from './scaling.js';

/** What a contest came to. */
export interface Standing extends Pick<Contest, 'group' | 'name' | 'per' | 'operations' | 'bar'> {
  readonly seconds: Spread;
  /** Peers by name, their seconds; empty where none is installed. */
  readonly peers: Readonly<Record<string, Spread>>;
  /** Our time by that of the best peer, turn by turn. */
  readonly ratio?: Spread;
}

export interface EngineReport {
  readonly command: string;
  readonly date: string;
  readonly turns: number;
  readonly backend: string;
  readonly threads: number;
  readonly peers: string;
  readonly machine: Machine;
  readonly load: Spread;
  readonly standings: readonly Standing[];
  readonly scaling: readonly Sweep[];
  /** Absent from reports of before it was measured. */
  readonly memory?: readonly MemoryStanding[];
}

/** The report as a page in Markdown; figures lie beside it. */
export function page(report: EngineReport, figures: readonly { readonly file: string; readonly text: string }[]): string {
  const { command, date, turns, backend, threads, peers, machine, load, standings, memory = [] } = report;
  const groups = [...new Set(standings.map(({ group }) => group))];
  return `# Footlight's engine beside others

${groups.map((group) => `## ${group}\n\n${tableOf(standings.filter((standing) => standing.group === group))}`).join('\n\n')}

Medians of ${turns} turns, in brackets smallest and largest. In each turn ours and the peers do the same work one after the other, with ${threads} threads each; the first turn warms up and is not counted. *ours / best* is the median over turns of our time by that of the best peer: below 1 Footlight is faster, and *at most* is what it should not exceed. Machines drift by more than a third from minute to minute: gaps below 30 % say little. – means that the peer is not installed (${peers}).

Backend ${backend}; ${describeMachine(machine)}. Load average while it ran: ${two(load.median)} (${two(load.smallest)}–${two(load.largest)}). Made by \`${command}\`, ${date.slice(0, 10)}.
${memory.length === 0 ? '' : memorySection(memory)}${figures.length === 0 ? '' : `\n## How a training step grows\n\nOne step in a process of its own, ids drawn alike from the whole catalogue, everything else as usual: 10,000 items, dim 64, 1,024 pairs or 256 sequences of 50 items per step, ${threads} threads.\n\n${figures.map(({ file, text }) => `![${text}](${file})`).join('\n')}\n`}`;
}

function tableOf(standings: readonly Standing[]): string {
  const rows = standings.map(({ name, per, operations, seconds, peers, ratio, bar }) => {
    const shown = (time: Spread) => (operations ? rateOf(operations, time) : timeOf(time));
    const others = Object.entries(peers).map(([peer, time]) => `${peer} ${shown(time)}`);
    return [name, operations ? 'GFLOP/s' : per, shown(seconds), others.join('<br>') || '–', ratio ? withRange(ratio, two) : '–', two(bar)];
  });
  return markdownTable([['work', 'of one', 'ours', 'peers', 'ours / best', 'at most'], ...rows], { align: ['l', 'l', 'r', 'r', 'r', 'r'] });
}

function memorySection(memory: readonly MemoryStanding[]): string {
  const rows = memory.map(({ name, ours, peers, bar }) => {
    const others = Object.entries(peers).map(([peer, bytes]) => `${peer} ${megabytes(bytes)}`);
    return [name, megabytes(ours), others.join('<br>') || '–', megabytes(bar)];
  });
  return `
## Memory of a process that trains

${markdownTable([['work', 'ours', 'peers', 'at most'], ...rows], { align: ['l', 'r', 'r', 'r'] })}

The most that each, in a process of its own, had at one time while it trained for 16 steps: with its runtime and its packages, data and all. Ours runs as compiled JavaScript, as users of the packages run it. A MB is 10⁶ bytes.
`;
}

function timeOf(time: Spread): string {
  return time.median < 0.1 ? `${withRange(scaled(time, 1000), one)} ms` : `${withRange(time, two)} s`;
}

function rateOf(operations: number, { median, smallest, largest }: Spread): string {
  const rate = (seconds: number) => (operations / seconds) * 1e-9;
  return withRange({ median: rate(median), smallest: rate(largest), largest: rate(smallest) }, (value) => value.toFixed(0));
}

function scaled({ median, smallest, largest }: Spread, factor: number): Spread {
  return { median: median * factor, smallest: smallest * factor, largest: largest * factor };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const one = (value: number): string => value.toFixed(1);
const two = (value: number): string => value.toFixed(2);
