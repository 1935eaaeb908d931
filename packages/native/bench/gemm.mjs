/**
 * GFLOP/s of matrix products beside those of PyTorch and numpy (OpenBLAS), in turns, since machines drift: medians and the median of the ratios.
 *
 *   node bench/gemm.mjs [turns] [python with torch and numpy]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { load } from '../index.js';

const { kernels, reason } = load();
if (!kernels) throw new Error(reason);

const turns = Number(process.argv[2] ?? 7);
const peer = spawn(
  process.argv[3] ?? 'python3',
  [fileURLToPath(new URL('gemm-peer.py', import.meta.url)), String(kernels.threads())],
  {
    stdio: ['pipe', 'pipe', 'inherit'],
  },
);
peer.on('exit', (code) => code && process.exit(code));
const answers = createInterface({ input: peer.stdout });
const pause = () => new Promise((resolve) => setTimeout(resolve, 300)); // threads that wait for work by spinning take a while to sleep

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const random = (length) => Float32Array.from({ length }, () => Math.random());

const shapes = [
  [500, 20108, 600],
  [500, 600, 20108],
  [2048, 2048, 2048],
  [208, 128, 512],
  [208, 512, 128],
];

for (const precision of ['fp32', 'bf16'])
  for (const [m, n, k] of shapes) {
    const [a, b, c] = [random(m * k), random(k * n), new Float32Array(m * n)];
    const run = () => (precision === 'fp32' ? kernels.sgemm : kernels.bgemm)(false, false, m, n, k, a, b, c);
    const [ours, torch, numpy] = [[], [], []];
    for (let turn = 0; turn < turns; turn++) {
      run();
      const repeats = Math.max(1, Math.floor(4e9 / (2 * m * n * k)));
      const began = performance.now();
      for (let repeat = 0; repeat < repeats; repeat++) run();
      ours.push((2e-6 * m * n * k * repeats) / (performance.now() - began));
      await pause();
      peer.stdin.write(`${precision} ${m} ${n} ${k}\n`);
      const [line] = await once(answers, 'line');
      const [first, second] = line.split(' ').map(Number);
      torch.push(first);
      if (second) numpy.push(second);
      await pause();
    }
    const best = torch.map((value, turn) => Math.max(value, numpy[turn] ?? 0));
    const ratio = median(ours.map((value, turn) => value / best[turn]));
    const shown = (values) => (values.length > 0 ? median(values).toFixed(0) : '–').padStart(6);
    console.log(
      `${precision} ${`${m}×${n}×${k}`.padEnd(15)} ours ${shown(ours)} PyTorch ${shown(torch)} numpy ${shown(numpy)} GFLOP/s, ratio ${ratio.toFixed(2)}`,
    );
  }
peer.stdin.end();
