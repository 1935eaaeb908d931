import { markdownTable } from 'markdown-table';
import { describeMachine } from '../measuring/machine.js';
import { type Spread, withRange } from '../measuring/spread.js';
import type { Contest } from './contest.js';
import type { MemoryStanding } from './memory.js';
import { type Marks, marksBeside, type Occasion } from './occasion.js';
import type { Sweep } from './scaling.js';

/** What a contest came to. */
export interface Standing extends Pick<Contest, 'group' | 'name' | 'per' | 'operations' | 'bar'> {
  readonly seconds: Spread;
  /** Peers by name, their seconds; empty where none is installed. */
  readonly peers: Readonly<Record<string, Spread>>;
  /** Our time by that of the best peer, turn by turn. */
  readonly ratio?: Spread;
}

/** When and where a part of a report was measured: it may be kept from before. */
export type Dated<Part> = Part & { readonly occasion: Occasion };

/** Of the newest occasion, with what it kept. */
export interface EngineReport extends Occasion {
  readonly standings: readonly Dated<Standing>[];
  readonly scaling: readonly Dated<Sweep>[];
  readonly memory: readonly Dated<MemoryStanding>[];
}

/** The report as a page in Markdown; figures lie beside it. */
export function page(
  report: EngineReport,
  figures: readonly { readonly file: string; readonly text: string }[],
): string {
  const marks = marksBeside(report);
  const groups = [...new Set(report.standings.map(({ group }) => group))];
  const tables = groups.map((group) => {
    const standings = report.standings.filter((standing) => standing.group === group);
    return sectionOf(group, standings, marks, tableOf);
  });
  const memory = report.memory.length === 0 ? [] : [memorySection(report.memory, marks)];
  const growth = figures.length === 0 ? [] : [growthSection(report.scaling, figures, marks)];
  const explained = explanation(report, marks.notes()); // after all marks
  return `${["# Footlight's engine beside others", ...tables, explained, ...memory, ...growth].join('\n\n')}\n`;
}

function explanation(
  { command, date, turns, backend, threads, machine, load }: EngineReport,
  notes: readonly string[],
): string {
  const counted = turns === 1 ? 'One turn' : `Medians of ${turns} turns, in brackets smallest and largest`;
  const kept =
    notes.length === 0
      ? ''
      : `\n\nWhat bears a mark was measured before and kept:\n\n${notes.map((note) => `- ${note}`).join('\n')}`;
  return `${counted}. In each turn ours and the peers do the same work one after the other, with ${threads} threads each; the first turn warms up and is not counted. Peers keep memory that they had once (\`GLIBC_TUNABLES\`), as ours does: where new pages are dear, PyTorch is up to six times slower without. *ours / best* is the median over turns of our time by that of the best peer: below 1 Footlight is faster, and *at most* is what it should not exceed. Machines drift by more than a third from minute to minute: gaps below 30 % say little. – means that the peer was not installed: LightFM and implicit need a compiler of their own, so that this command leaves them out unless \`--python\` names a Python that has them. LightFM trains with Adagrad whatever the optimizer of ours; an epoch of implicit leaves out pairs whose negative was chosen, and its time is divided by the share of those that it did (*by updates*); its rankings are lists without metrics.

Backend ${backend}; ${describeMachine(machine)}. Load average while it ran: ${two(load.median)} (${two(load.smallest)}–${two(load.largest)}). Made by \`${command}\`, ${date.slice(0, 10)}.${kept}`;
}

/** A mark on the heading if it goes for all, else on the names that it goes for. */
function sectionOf<Row extends Dated<{ readonly name: string }>>(
  heading: string,
  rows: readonly Row[],
  marks: Marks,
  table: (rows: readonly Row[]) => string,
): string {
  const own = rows.map(({ occasion }) => marks.mark(occasion));
  if (new Set(own).size === 1) return `## ${[heading, own[0]].join(' ').trim()}\n\n${table(rows)}`;
  return `## ${heading}\n\n${table(rows.map((row, at) => ({ ...row, name: `${row.name} ${own[at]}`.trim() })))}`;
}

function tableOf(standings: readonly Standing[]): string {
  const rows = standings.map(({ name, per, operations, seconds, peers, ratio, bar }) => {
    const shown = (time: Spread) => (operations ? rateOf(operations, time) : timeOf(time));
    const others = Object.entries(peers).map(([peer, time]) => `${peer} ${shown(time)}`);
    return [
      name,
      operations ? 'GFLOP/s' : per,
      shown(seconds),
      others.join('<br>') || '–',
      ratio ? withRange(ratio, two) : '–',
      two(bar),
    ];
  });
  return markdownTable([['work', 'of one', 'ours', 'peers', 'ours / best', 'at most'], ...rows], {
    align: ['l', 'l', 'r', 'r', 'r', 'r'],
  });
}

function memorySection(memory: readonly Dated<MemoryStanding>[], marks: Marks): string {
  return `${sectionOf('Memory of a process that trains', memory, marks, memoryTable)}

The most that each, in a process of its own, had at one time while it trained for 16 steps: with its runtime and its packages, data and all. Ours runs as compiled JavaScript, as users of the packages run it. A MB is 10⁶ bytes.`;
}

function memoryTable(memory: readonly MemoryStanding[]): string {
  const rows = memory.map(({ name, ours, peers, bar }) => {
    const others = Object.entries(peers).map(([peer, bytes]) => `${peer} ${megabytes(bytes)}`);
    return [name, megabytes(ours), others.join('<br>') || '–', megabytes(bar)];
  });
  return markdownTable([['work', 'ours', 'peers', 'at most'], ...rows], { align: ['l', 'r', 'r', 'r'] });
}

function growthSection(scaling: readonly Dated<Sweep>[], figures: Parameters<typeof page>[1], marks: Marks): string {
  const [threads, own] = [scaling[0]?.occasion.threads, new Set(scaling.map(({ occasion }) => marks.mark(occasion)))];
  const translated = scaling.every(({ compiled }) => compiled)
    ? ''
    : ' Peaks of memory hold 98 MB of what translated TypeScript meanwhile.';
  return `## ${['How a training step grows', ...own].join(' ').trim()}

One step in a process of its own, ids drawn alike from the whole catalogue, everything else as usual: 10,000 items, dim 64, 1,024 pairs or 256 sequences of 50 items per step, ${threads} threads.${translated}

${figures.map(({ file, text }) => `![${text}](${file})`).join('\n')}`;
}

function timeOf(time: Spread): string {
  return time.median < 0.1 ? `${withRange(scaled(time, 1000), one)} ms` : `${withRange(time, two)} s`;
}

function rateOf(operations: number, { median, smallest, largest }: Spread): string {
  const rate = (seconds: number) => (operations / seconds) * 1e-9;
  return withRange({ median: rate(median), smallest: rate(largest), largest: rate(smallest) }, (value) =>
    value.toFixed(0),
  );
}

function scaled({ median, smallest, largest }: Spread, factor: number): Spread {
  return { median: median * factor, smallest: smallest * factor, largest: largest * factor };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const one = (value: number): string => value.toFixed(1);
const two = (value: number): string => value.toFixed(2);
