import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Figure } from '@footlight/report';
import { compiled } from './compiled.js';
import type { MeasuredPoint, Point } from './point.js';

const models = ['factorization', 'lstm'] as const;
const names = { factorization: 'factorization, BPR, lazy Adam', lstm: 'LSTM over 50 items, BPR, lazy Adam' } as const;
const usual: Record<Point['model'], Omit<Point, 'model' | 'threads'>> = {
  factorization: { items: 10_000, batch: 1024, dim: 64 },
  lstm: { items: 10_000, batch: 256, dim: 64 },
};

/** Along one axis, everything else as usual. */
export interface Sweep {
  readonly axis: 'items' | 'batch' | 'dim' | 'threads';
  readonly points: readonly MeasuredPoint[];
  /** Absent where TypeScript was translated in the same processes. */
  readonly compiled?: true;
}

/** Training steps of two models over the size of the catalogue, of the batch and of vectors, and over threads. */
export function measureScaling(onPoint: (point: Point) => void): Sweep[] {
  const threads = availableParallelism();
  const program = compiled('measure-point');
  const values = {
    items: [1e3, 1e4, 1e5, 1e6],
    batch: [64, 256, 1024, 4096],
    dim: [16, 32, 64, 128, 256],
    threads: Array.from({ length: threads }, (_, at) => at + 1).filter(
      (count) => count === threads || Number.isInteger(Math.log2(count)),
    ),
  };
  return Object.entries(values).map(([axis, steps]) => ({
    axis: axis as Sweep['axis'],
    compiled: true,
    points: models.flatMap((model) =>
      steps.map((value) => measure(program, { model, threads, ...usual[model], [axis]: value }, onPoint)),
    ),
  }));
}

function measure(program: string, point: Point, onPoint: (point: Point) => void): MeasuredPoint {
  onPoint(point);
  const env = { ...process.env, FOOTLIGHT_THREADS: String(point.threads) };
  const printed = execFileSync(process.execPath, [program, JSON.stringify(point)], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed) as MeasuredPoint;
}

const axes = {
  items: 'items in the catalogue',
  batch: 'rows per step',
  dim: 'length of vectors',
  threads: 'threads',
} as const;

/** Two figures for a sweep: time and memory. */
export function figuresOf({ axis, points }: Sweep): Figure[] {
  const drawn = (id: string, title: string, label: string, value: (point: MeasuredPoint) => number): Figure => ({
    id: `${id}-by-${axis}`,
    title,
    description: `${models
      .map(
        (model) =>
          `${names[model]}: ${points
            .filter((point) => point.model === model)
            .map((point) => `${value(point).toPrecision(3)} at ${point[axis].toLocaleString('en')}`)
            .join(', ')}`,
      )
      .join('; ')}.`,
    x: {
      label: axes[axis],
      scale: 'log',
      ticks: [...new Set(points.map((point) => point[axis]))],
      format: (x) => x.toLocaleString('en'),
    },
    y: { label, scale: 'log' },
    series: models.map((model) => ({
      name: names[model],
      draw: 'line',
      points: points.filter((point) => point.model === model).map((point) => ({ x: point[axis], y: value(point) })),
    })),
  });
  return [
    drawn('time', `Time of a training step by ${axes[axis]}`, 'milliseconds per step', ({ seconds }) => 1000 * seconds),
    drawn('memory', `Memory by ${axes[axis]}`, 'peak of the process (MB)', ({ peakBytes }) => peakBytes / 1e6),
  ];
}
