import { type OnProgress, type Progress, toPrintable } from '@footlight/core';
import type { EpochReport } from '@footlight/trainer';
import type { Output } from '../context.js';

/** A line on a terminal that shows how far a run is. */
export interface ProgressLine {
  readonly show: OnProgress;
  /** Adds what an epoch reached: its number, loss and validation metrics. */
  showEpoch(epoch: EpochReport): void;
  /** Removes the line, e.g. before something else is written. */
  clear(): void;
}

const barLength = 16;

/**
 * A line with a bar, the epoch, the loss, the validation metric and the time left. Writes nothing where the output is
 * no terminal.
 *
 * @param epochs how many there are, where the run has epochs
 */
export function createProgressLine(title: string, output: Output, epochs?: number): ProgressLine {
  const begun = new Map<string, { readonly at: number; readonly done: number }>();
  let epoch = '';
  let shown = false;
  return {
    show(progress) {
      if (!output.isTTY) return;
      const { label, done, unit, total = 0 } = progress;
      if (!begun.has(label)) begun.set(label, { at: performance.now(), done });
      const bar = '━'.repeat(Math.round((barLength * done) / Math.max(total, done, 1))).padEnd(barLength);
      const percentage = `${Math.floor((100 * done) / Math.max(total, 1))} %`;
      const now = label === 'train' && epochs !== undefined ? nameEpoch(done, total, epochs) : label;
      const parts =
        total > 0
          ? [bar, percentage, estimateTimeLeft(progress, total, begun.get(label)!)]
          : [`${done.toLocaleString('en')} ${unit}`];
      const text = [
        toPrintable(`${title} · ${now}`),
        ...(label === 'train' && epoch !== '' ? [epoch] : []),
        parts.join(' '),
      ];
      write(text.join(' · '));
      shown = true;
    },
    showEpoch({ loss, validation = {} }) {
      const values = Object.entries({ loss, ...validation }).slice(0, 2);
      epoch = values.map(([name, value]) => `${name} ${value.toPrecision(4)}`).join(' · ');
    },
    clear() {
      if (shown) output.write('\r\x1b[K');
      shown = false;
    },
  };

  function write(text: string): void {
    const width = (output.columns ?? 80) - 1; // a full line would wrap
    output.write(`\r\x1b[K${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
  }
}

function nameEpoch(done: number, total: number, epochs: number): string {
  const current = Math.min(epochs, Math.floor((done / Math.max(total, 1)) * epochs) + 1);
  return `epoch ${current}/${epochs}`;
}

function estimateTimeLeft(
  { done }: Progress,
  total: number,
  begun: { readonly at: number; readonly done: number },
): string {
  const since = (performance.now() - begun.at) / 1000;
  if (done <= begun.done || since < 0.5) return '…';
  return `${formatDuration((since * (total - done)) / (done - begun.done))} left`;
}

/** `42 s`, `3 min 20 s`, `1 h 5 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
