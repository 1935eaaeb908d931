import { markdownTable } from 'markdown-table';
import type { BenchmarkResult, PeerTimes } from '../measure/run-case.js';
import { formatSpread, type Spread } from '../measure/spread.js';
import { compareWithTarget, formatTarget } from './targets.js';

/** A column of the table. It is left out where no row has text for it. */
interface Column {
  readonly title: string;
  readonly align: 'l' | 'r';
  readonly ours: (result: BenchmarkResult) => string;
  readonly theirs: (peer: PeerTimes, name: string, result: BenchmarkResult) => string;
}

const empty = () => '';

const columns: readonly Column[] = [
  { title: 'work', align: 'l', ours: ({ name }) => name, theirs: empty },
  { title: 'library', align: 'l', ours: () => 'Footlight', theirs: (_, name) => name },
  {
    title: 'unit',
    align: 'l',
    ours: ({ operations, unit }) => (operations ? 'GFLOP/s' : `time per ${unit}`),
    theirs: empty,
  },
  {
    title: 'median (range)',
    align: 'r',
    ours: (result) => formatTimes(result.seconds, result),
    theirs: ({ seconds }, _, result) => formatTimes(seconds, result),
  },
  {
    title: 'processor time',
    align: 'r',
    ours: ({ processorSeconds }) => (processorSeconds ? formatTime(processorSeconds) : ''),
    theirs: ({ processorSeconds }) => (processorSeconds ? formatTime(processorSeconds) : ''),
  },
  {
    title: 'ours / theirs',
    align: 'r',
    ours: empty,
    theirs: ({ ratio }) => (ratio ? formatSpread(ratio, formatRatio) : ''),
  },
  {
    title: 'ours / fastest',
    align: 'r',
    ours: ({ ratio }) => (ratio ? formatSpread(ratio, formatRatio) : ''),
    theirs: empty,
  },
  {
    title: 'at most',
    align: 'r',
    ours: (result) =>
      result.maxRatio === undefined ? '' : formatTarget(two(result.maxRatio), compareWithTarget(result)),
    theirs: empty,
  },
  {
    title: 'peak memory',
    align: 'r',
    ours: ({ peakBytes }) => (peakBytes ? formatBytes(peakBytes.median) : ''),
    theirs: ({ peakBytes }) => (peakBytes ? formatBytes(peakBytes.median) : ''),
  },
];

/** Formats results as a Markdown table: a row for Footlight and one for each peer. */
export function formatResultTable(results: readonly BenchmarkResult[]): string {
  const shown = columns
    .map(({ ours, theirs, ...column }) => ({
      ...column,
      cells: results.flatMap((result) => [
        ours(result),
        ...Object.entries(result.peers).map(([name, peer]) => theirs(peer, name, result)),
      ]),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const rows = shown[0]!.cells.map((_, row) => shown.map(({ cells }) => cells[row]!));
  return markdownTable([shown.map(({ title }) => title), ...rows], { align: shown.map(({ align }) => align) });
}

function formatTimes(seconds: Spread, { operations }: BenchmarkResult): string {
  return operations ? formatRate(operations, seconds) : formatTime(seconds);
}

function formatTime(time: Spread): string {
  return time.median < 0.1 ? `${formatSpread(scale(time, 1000), one)} ms` : `${formatSpread(time, two)} s`;
}

function formatRate(operations: number, { median, smallest, largest }: Spread): string {
  const getRate = (seconds: number) => (operations / seconds) * 1e-9;
  const rates = { median: getRate(median), smallest: getRate(largest), largest: getRate(smallest) };
  return formatSpread(rates, (value) => value.toFixed(0));
}

function scale({ median, smallest, largest }: Spread, factor: number): Spread {
  return { median: median * factor, smallest: smallest * factor, largest: largest * factor };
}

/** Formats a size in megabytes (10⁶ bytes), e.g. `611 MB`. */
export function formatBytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** Formats a ratio with two decimals, a small one with three. */
const formatRatio = (value: number): string => value.toFixed(value < 0.02 ? 3 : 2);

const one = (value: number): string => value.toFixed(1);

/** Formats a number with two decimals. */
export const two = (value: number): string => value.toFixed(2);
