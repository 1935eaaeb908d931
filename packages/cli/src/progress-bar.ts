import type { OnProgress, Progress } from '@footlight/core';
import { SingleBar } from 'cli-progress';

export interface ProgressBar {
  readonly show: OnProgress;
  /** Takes the bar away, e.g. before something else is written. */
  clear(): void;
}

/** A bar with the time left, on stderr. Writes nothing where stderr is no terminal. */
export function progressBar(title: string): ProgressBar {
  const bar = new SingleBar({
    stream: process.stderr,
    format: `${title} · {label} {bar} {percentage}% · {left}`,
    barsize: 24,
    barCompleteChar: '━',
    barIncompleteChar: ' ',
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false, // Ctrl-C is ours
    linewrap: false,
  });
  const begun = new Map<string, { readonly at: number; readonly done: number }>();
  let running = false;
  return {
    show(progress) {
      if (!process.stderr.isTTY) return;
      const { label, done, total = 0 } = progress;
      if (!begun.has(label)) begun.set(label, { at: performance.now(), done });
      const payload = {
        label,
        left:
          total > 0 ? timeLeft(progress, total, begun.get(label)!) : `${done.toLocaleString('en')} ${progress.unit}`,
      };
      if (!running) bar.start(total, done, payload);
      running = true;
      bar.setTotal(total);
      bar.update(done, payload);
    },
    clear() {
      if (running) bar.stop();
      running = false;
    },
  };
}

function timeLeft({ done }: Progress, total: number, begun: { readonly at: number; readonly done: number }): string {
  const since = (performance.now() - begun.at) / 1000;
  if (done <= begun.done || since < 0.5) return '…';
  return `${clock((since * (total - done)) / (done - begun.done))} left`;
}

/** `42 s`, `3 min 20 s`, `1 h 5 min`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
