import { type Diagnosis, doctor as diagnose } from '@footlight/engine';
import { markdownTable } from 'markdown-table';
import type { Context } from '../context.js';
import { printJson, printMarkdown } from '../terminal/print.js';
import { installTensorflow } from './install-tensorflow.js';

export interface DoctorOptions {
  readonly installTensorflow?: true;
  readonly json?: true;
}

/** `footlight doctor`: which backends work on this machine, and why others do not. */
export async function doctor(options: DoctorOptions, { out, err, signal }: Context): Promise<void> {
  if (options.installTensorflow) {
    const folder = await installTensorflow({ onStep: (step) => err.write(`${step} …\n`), signal });
    err.write(`TensorFlow is in ${folder}.\n\n`);
  }
  const diagnosis = await diagnose();
  if (options.json) printJson(out, [diagnosis]);
  else printMarkdown(out, formatDiagnosis(diagnosis));
}

export function formatDiagnosis({ backends, chosen, machine, versions }: Diagnosis): string {
  const { node, platform, cpu, threads, memoryBytes, compiler } = machine;
  const rows = backends.map(({ name, works, reason }) => [
    name,
    works ? 'works' : '–',
    name === chosen ? `${reason} (chosen)` : reason,
  ]);
  return [
    markdownTable([['backend', '', ''], ...rows]),
    '',
    `Node ${node} on ${platform}, ${threads} × ${cpu}, ${((memoryBytes ?? 0) / 2 ** 30).toFixed(0)} GiB of memory`,
    `C++ compiler: ${compiler ?? 'none'}`,
    `Versions: ${Object.entries(versions)
      .map((each) => each.join(' '))
      .join(', ')}`,
    ...(chosen === 'wasm' ? ['', 'TensorFlow is faster where it works: footlight doctor --install-tensorflow'] : []),
  ].join('\n');
}
