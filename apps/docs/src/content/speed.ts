import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '@footlight/report';
import {
  type BenchmarkResult as ComparedResult,
  findFastestPeer,
  formatFactor,
  formatSeconds,
} from '@footlight/tooling-readme/speed';
import { root } from '../paths.js';
import { markdownTable } from './markdown-table.js';

interface BenchmarkResult extends ComparedResult {
  /** What one time is of: an epoch, a step, … */
  readonly unit: string;
  /** Target: the largest ratio of Footlight's time to that of the fastest peer. */
  readonly maxRatio?: number;
  readonly ratio?: { readonly median: number };
  readonly run: { readonly command: string; readonly date: string };
}

interface MeasuredPoint {
  readonly model: string;
  readonly seconds: number;
  readonly items: number;
  readonly batch: number;
  readonly dim: number;
  readonly threads: number;
}

/** What `bench:engine` and `bench:engine-wasm` store, as far as the page shows it. */
export interface EngineReport {
  readonly command: string;
  readonly date: string;
  readonly backend: string;
  readonly threads: number;
  readonly machine: Readonly<Record<'processor' | 'instructions' | 'system' | 'node', string>> & {
    readonly cores: number;
  };
  readonly results: readonly BenchmarkResult[];
  readonly scaling: readonly {
    readonly axis: 'items' | 'batch' | 'dim' | 'threads';
    readonly points: readonly MeasuredPoint[];
  }[];
}

/** The speed of the kernels beside other libraries, as `bench:engine` measured it last. */
export function readEngineReport(): EngineReport {
  return readReport('engine')!;
}

/** The speed of the kernels as WebAssembly, as `bench:engine-wasm` measured it last; undefined if it never did. */
export function readWasmReport(): EngineReport | undefined {
  return readReport('engine-wasm');
}

function readReport(suite: string): EngineReport | undefined {
  const path = join(root, 'apps/benchmarks/performance/results', suite, 'results.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as EngineReport) : undefined;
}

/** Where, how and what `bench:engine-wasm` measured, in Node and in a browser. */
export function wasmTables(report: EngineReport | undefined): string {
  return report
    ? `${speedSource(report)}\n\n${speedTables(report)}`
    : 'Not measured yet: `npm run bench:engine-wasm` does it.';
}

/** A table per group of works: Footlight's time, the best peer's, how they compare, and the target with its command. */
export function speedTables({ results }: EngineReport): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  return groups
    .map((group) => {
      const own = results.filter((result) => result.group === group);
      const table = markdownTable(['work', 'Footlight', 'fastest other', 'Footlight is', 'target'], own.map(speedRow));
      return `### ${group}\n\n${table}\n\n${formatSources(own)}`;
    })
    .join('\n\n');
}

function speedRow(result: BenchmarkResult): string[] {
  const { name, unit, seconds } = result;
  const peer = findFastestPeer(result);
  return [
    `${name} (one ${unit})`,
    formatSeconds(seconds.median),
    peer ? `${formatSeconds(peer.seconds)}, ${peer.name}` : '–',
    peer ? formatFactor(peer.seconds / seconds.median) : '–',
    formatTarget(result),
  ];
}

/** How many times as fast as the fastest other library Footlight should be, and whether it is. */
function formatTarget({ maxRatio, ratio }: BenchmarkResult): string {
  if (maxRatio === undefined) return '–';
  const target = `${(1 / maxRatio).toFixed(1)} ×`;
  if (!ratio) return `${target}, not compared`;
  return ratio.median > maxRatio ? `${target}, **missed**` : `${target}, reached`;
}

function formatSources(results: readonly BenchmarkResult[]): string {
  const sources = new Set(results.map(({ run }) => `${run.date.slice(0, 10)} with \`${run.command}\``));
  return `Measured ${[...sources].join(' and ')}.`;
}

/** How many times as fast as the fastest other library, as bars. */
export function speedFigure({ results }: EngineReport): Figure {
  const bars = results.flatMap((result) => {
    const peer = findFastestPeer(result);
    if (!peer || result.unit === 'product') return [];
    const factor = peer.seconds / result.seconds.median;
    return [{ category: shortenName(result), x: factor, text: `${factor.toFixed(1)} ×` }];
  });
  return {
    id: 'speed',
    title: 'Speed beside the fastest other library',
    description: 'Bars longer than 1 mean that Footlight is faster; the tables below have the times.',
    x: { label: 'times as fast' },
    series: [{ name: 'speed', draw: 'bars', bars }],
    rules: [{ x: 1, label: 'as fast' }],
  };
}

/** `LSTM, dim 128` for `LSTM, dim 128, adaptive hinge × 5, batch 208`. */
function shortenName({ group, name }: BenchmarkResult): string {
  const kind = group.split(', ')[0]!;
  if (kind === 'Rankings') return kind;
  return name.includes(', ') ? name.split(', ').slice(0, 2).join(', ') : `${kind}, ${name}`;
}

const axes = { items: 'items in the catalogue', batch: 'rows per step', dim: 'dim', threads: 'threads' } as const;
const models: Readonly<Record<string, string>> = {
  factorization: 'factorization, BPR',
  lstm: 'LSTM over 50 items, BPR',
};

/** The time of a training step along one axis. */
export function scalingFigures({ scaling }: EngineReport): Figure[] {
  return scaling.map(({ axis, points }) => ({
    id: `scaling-${axis}`,
    title: `Time of a training step by ${axes[axis]}`,
    description: 'Both axes are logarithmic; everything else stays the same.',
    x: {
      label: axes[axis],
      scale: 'log',
      ticks: [...new Set(points.map((point) => point[axis]))],
      format: formatCount,
    },
    y: { label: 'milliseconds per step', scale: 'log' },
    series: Object.entries(models).map(([model, name]) => ({
      name,
      draw: 'line',
      points: points
        .filter((point) => point.model === model)
        .map((point) => ({ x: point[axis], y: 1000 * point.seconds })),
    })),
  }));
}

function formatCount(count: number): string {
  if (count >= 1e6) return `${count / 1e6} M`;
  return count >= 1e4 ? `${count / 1e3} k` : String(count);
}

/** Where and how it was measured, in a sentence. */
export function speedSource({ command, date, backend, threads, machine }: EngineReport): string {
  const { processor, instructions, cores, system, node } = machine;
  const place = `${processor} with ${instructions}, ${cores} cores, ${system}, Node ${node}`;
  const measured = `${date.slice(0, 10)} with \`${command.replace(/ -- .*/, '')}\``;
  return `Medians of several rounds, backend ${backend}, ${threads} threads: ${place}. Measured on ${measured}.`;
}
