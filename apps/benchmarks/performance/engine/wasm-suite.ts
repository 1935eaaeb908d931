import type { BenchmarkCase } from '../measure/benchmark-case.js';
import type { Suite } from '../suite.js';
import { engine } from './suite.js';

/** Targets of WebAssembly, by a part of the name or the group of a case. Other cases have none. */
const targets: readonly (readonly [part: string, maxRatio: number])[] = [
  ['MRR', 0.1],
  ['Factorization', 0.5],
  ['mLSTM', 0.5],
  ['LSTM', 1.5],
  ['Mult-VAE', 1.5],
  ['Rankings', 0.7],
];

/** The cases of `engine` on the backend `wasm`: the same kernels as WebAssembly, beside the same peers. */
export const engineWasm: Suite = {
  ...engine,
  name: 'engine-wasm',
  title: "Footlight's engine as WebAssembly compared with other libraries",
  script: 'bench:engine-wasm',
  backend: 'wasm',
  measuresProcesses: false,
  async createCases(options) {
    return (await engine.createCases(options)).filter(({ name }) => !name.startsWith('bf16')).map(setTarget);
  },
};

/** Replaces the target of a case by that of WebAssembly. */
export function setTarget({ maxRatio: _, ...benchmark }: BenchmarkCase): BenchmarkCase {
  const target = targets.find(([part]) => `${benchmark.group} ${benchmark.name}`.includes(part));
  return target ? { ...benchmark, maxRatio: target[1] } : benchmark;
}
