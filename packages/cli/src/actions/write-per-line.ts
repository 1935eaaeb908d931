import type { Progress } from '@footlight/core';
import { formatCsv } from '@footlight/report';
import type { Context } from '../context.js';
import { printNote } from '../terminal/print.js';
import type { CheckedLines, KnownLine } from './check-lines.js';
import { createSlowProgress } from './slow-progress.js';
import { writeOutput } from './write-output.js';

interface Options<Value, Result> {
  /** File that is written; the output if undefined. */
  readonly path: string | undefined;
  readonly lines: CheckedLines<Value>;
  /** What the progress line shows. */
  readonly label: string;
  readonly unit: Progress['unit'];
  /** Titles of the columns, for CSV. */
  readonly titles?: readonly string[];
  /** Computes a result per value, in their order. */
  readonly compute: (values: AsyncIterable<Value>) => AsyncIterable<Result>;
  /** Text of a result; `note` writes a message below the progress line. */
  readonly format: (result: Result, line: KnownLine<Value>, note: (message: string) => void) => string;
}

/** Writes a result for each known line of a file, as they come, so that memory does not grow with their number. */
export async function writePerLine<Value, Result>(
  { path, lines, label, unit, titles, compute, format }: Options<Value, Result>,
  context: Context,
): Promise<void> {
  const progress = createSlowProgress(label, lines.count, unit, context);
  const note = (message: string): void => {
    progress.clear();
    printNote(context.err, message);
  };
  await writeOutput(path, context, async (write) => {
    if (titles) await write(formatCsv([titles]));
    const underWay: KnownLine<Value>[] = [];
    for await (const result of compute(listValues(lines.read(), underWay))) {
      context.signal.throwIfAborted();
      await write(format(result, underWay.shift()!, note));
      progress.step();
    }
  }).finally(progress.clear);
}

async function* listValues<Value>(
  lines: AsyncIterable<KnownLine<Value>>,
  underWay: KnownLine<Value>[],
): AsyncGenerator<Value> {
  for await (const line of lines) {
    underWay.push(line);
    yield line.value;
  }
}
