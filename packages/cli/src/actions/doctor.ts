import { invalid } from '@footlight/core';
import { type Diagnosis, doctor as diagnose } from '@footlight/engine';
import { markdownTable } from 'markdown-table';
import type { Context } from '../context.js';
import { printJson, printMarkdown } from '../terminal/print.js';
import { createProgressLine } from '../terminal/progress.js';
import { compileKernels } from './compile-kernels.js';
import { installTensorflow } from './install-tensorflow.js';

export interface DoctorOptions {
  readonly compile?: true;
  readonly installTensorflow?: true;
  /** With `installTensorflow`: the libraries for a GPU. */
  readonly gpu?: true;
  readonly json?: true;
}

/** `footlight doctor`: which backends work on this machine, and why others do not. */
export async function doctor(options: DoctorOptions, { out, err, signal }: Context): Promise<void> {
  if (options.gpu && !options.installTensorflow)
    invalid(
      'doctor(gpu)',
      '--install-tensorflow beside --gpu',
      'none',
      'Run footlight doctor --install-tensorflow --gpu.',
    );
  if (options.compile) await compile({ err, signal });
  if (options.installTensorflow) {
    const gpu = options.gpu === true;
    const folder = await installTensorflow({ gpu, onStep: (step) => err.write(`${step} …\n`), signal });
    err.write(`TensorFlow${gpu ? ' for GPUs' : ''} is in ${folder}.\n\n`);
  }
  const diagnosis = await diagnose();
  if (options.json) printJson(out, [diagnosis]);
  else printMarkdown(out, formatDiagnosis(diagnosis));
}

async function compile({ err, signal }: Pick<Context, 'err' | 'signal'>): Promise<void> {
  const line = createProgressLine('footlight', err);
  if (!err.isTTY) err.write('Compiling the C++ kernels …\n');
  try {
    const done = await compileKernels({
      onProgress: line.show,
      onWait: (message) => err.write(`${message}\n`),
      signal,
    });
    line.clear();
    err.write(`${done}\n\n`);
  } finally {
    line.clear();
  }
}

export function formatDiagnosis({ backends, chosen, machine, versions }: Diagnosis): string {
  const { node, platform, cpu, threads, memoryBytes, compiler } = machine;
  const rows = backends.map(({ name, works, reason, tested }) => [
    name,
    works ? 'works' : '–',
    name === chosen ? `${reason} (chosen)` : reason,
    tested,
  ]);
  return [
    markdownTable([['backend', '', '', 'tested'], ...rows]),
    '',
    `Node ${node} on ${platform}, ${threads} × ${cpu}, ${((memoryBytes ?? 0) / 2 ** 30).toFixed(0)} GiB of memory`,
    `C++ compiler: ${compiler ?? 'none'}`,
    `Versions: ${Object.entries(versions)
      .map((each) => each.join(' '))
      .join(', ')}`,
    ...suggestFaster(backends, chosen),
  ].join('\n');
}

/** Says which backend runs and how to be faster, where the C++ kernels do not work. */
function suggestFaster(backends: Diagnosis['backends'], chosen: string): string[] {
  const native = backends.find(({ name }) => name === 'native');
  if (native === undefined || native.works) return [];
  const command = 'footlight doctor --compile (needs a C++17 compiler, make and Python)';
  return ['', `The backend ${chosen} runs. The kernels as an addon are faster: ${command}`];
}
