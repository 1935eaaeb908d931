import { type Diagnosis, doctor } from '@footlight/engine';
import { markdownTable } from 'markdown-table';
import { installTensorflow } from './install-tensorflow.js';

export interface DoctorCommandOptions {
  readonly installTensorflow?: true;
  readonly json?: true;
}

/** What `footlight doctor` does: says which backends work on this machine, and why the others do not. */
export async function doctorCommand(options: DoctorCommandOptions): Promise<void> {
  if (options.installTensorflow) {
    const folder = await installTensorflow({ onStep: (step) => process.stderr.write(`${step} …\n`) });
    process.stderr.write(`TensorFlow is in ${folder}.\n\n`);
  }
  const diagnosis = await doctor();
  process.stdout.write(`${options.json ? JSON.stringify(diagnosis) : diagnosisText(diagnosis)}\n`);
}

export function diagnosisText({ backends, chosen, machine, versions }: Diagnosis): string {
  const { node, platform, cpu, threads, memoryBytes, compiler } = machine;
  const rows = backends.map(({ name, works, reason }) => [
    name,
    works ? 'works' : '–',
    name === chosen ? `${reason} (chosen)` : reason,
  ]);
  return [
    markdownTable([['backend', '', ''], ...rows]),
    '',
    `Node ${node} on ${platform}, ${threads} × ${cpu}, ${(memoryBytes / 2 ** 30).toFixed(0)} GiB of memory`,
    `C++ compiler: ${compiler ?? 'none'}`,
    `Versions: ${Object.entries(versions)
      .map((each) => each.join(' '))
      .join(', ')}`,
    ...(chosen === 'wasm' ? ['', 'TensorFlow is faster where it works: footlight doctor --install-tensorflow'] : []),
  ].join('\n');
}
