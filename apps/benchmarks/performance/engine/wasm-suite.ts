import { browserCases } from '../browser/cases.js';
import { hasChromium } from '../browser/open-page.js';
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

/**
 * The cases of `engine` on the backend `wasm`: the same kernels as WebAssembly, beside the same peers. If there is a
 * Chromium, also that backend in a browser, beside Node and beside the WebAssembly backend of TensorFlow.js.
 */
export const engineWasm: Suite = {
  ...engine,
  name: 'engine-wasm',
  title: "Footlight's engine as WebAssembly compared with other libraries",
  script: 'bench:engine-wasm',
  backend: 'wasm',
  measuresProcesses: false,
  storesParts: true,
  async createCases(options) {
    const inNode = (await engine.createCases(options)).filter(({ name }) => !name.startsWith('bf16')).map(setTarget);
    return [...inNode, ...(hasChromium ? browserCases : [])];
  },
  notes: (run) =>
    [
      engine.notes(run),
      'In a browser: pages with threads are cross-origin isolated, and all run in their main thread.',
      'The WebAssembly backend of TensorFlow.js has threads in browsers only, so that it is measured there.',
      'It uses at most half as many threads as there are processors, so that its page reports twice as many.',
      'It lacks a kernel for the gradient of `gather`, which is added in JavaScript.',
      'Where its epochs take over ten seconds, it trains on a part of the rows, with the same tables,',
      'and its time is that of a step times the number of steps.',
    ].join(' '),
};

/** Replaces the target of a case by that of WebAssembly. */
export function setTarget({ maxRatio: _, ...benchmark }: BenchmarkCase): BenchmarkCase {
  const target = targets.find(([part]) => `${benchmark.group} ${benchmark.name}`.includes(part));
  return target ? { ...benchmark, maxRatio: target[1] } : benchmark;
}
