/**
 * Milliseconds of a recurrent layer forward and backward, products of the inputs included, beside PyTorch in turns, since machines drift: medians and the
 * median of the ratios to the faster of PyTorch's two LSTMs.
 *
 *   node bench/sequence.mjs [turns] [python with torch, or -]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { load } from '../index.js';

const { kernels, reason } = load();
if (!kernels) throw new Error(reason);

const turns = Number(process.argv[2] ?? 7);
const python = process.argv[3] ?? 'python3';
const peer =
  python === '-'
    ? undefined
    : spawn(python, [fileURLToPath(new URL('sequence.py', import.meta.url)), String(kernels.threads())], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
peer?.on('exit', (code) => code && process.exit(code));
const answers = peer && createInterface({ input: peer.stdout });
const pause = () => new Promise((resolve) => setTimeout(resolve, 300)); // threads that wait for work by spinning take a while to sleep

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const random = (length, size = 1) => Float32Array.from({ length }, () => (Math.random() - 0.5) * 2 * size);

const [batch, time] = [208, 100];
const rows = batch * time;

/** What stands before the recurrent part: gates = x · weights + bias, and back. */
function projection(x, dim, width) {
  const weights = random(dim * width, dim ** -0.5);
  const bias = random(width, dim ** -0.5);
  const [ofX, ofWeights, ofBias, ones] = [
    new Float32Array(rows * dim),
    new Float32Array(dim * width),
    new Float32Array(width),
    new Float32Array(rows).fill(1),
  ];
  return {
    out: new Float32Array(rows * width),
    forward() {
      kernels.sgemm(false, false, rows, width, dim, x, weights, this.out, false, bias);
    },
    backward(slopes, add) {
      kernels.sgemm(false, true, rows, dim, width, slopes, weights, ofX, add);
      kernels.sgemm(true, false, dim, width, rows, x, slopes, ofWeights);
      kernels.sgemm(false, false, 1, width, rows, ones, slopes, ofBias);
    },
  };
}

const like = (arrays) => arrays.map((array) => new Float32Array(array.length));

const layers = {
  lstm(dim) {
    const gates = projection(random(rows * dim), dim, 4 * dim);
    const [recurrent, start] = [random(dim * 4 * dim, dim ** -0.5), new Float32Array(batch * dim)];
    const [states, kept, slopes] = [new Float32Array(rows * 2 * dim), new Float32Array(rows * 4 * dim), random(rows * 2 * dim)];
    const out = like([gates.out, recurrent, start, start]);
    return [
      () => gates.forward(),
      () => kernels.lstmSequence(gates.out, recurrent, start, start, undefined, batch, time, dim, states, kept),
      () => kernels.lstmSequenceGradient(recurrent, start, start, undefined, states, kept, slopes, batch, time, dim, ...out),
      () => gates.backward(out[0], false),
    ];
  },
  mLstm(dim) {
    const x = random(rows * dim);
    const [gates, multiplier] = [projection(x, dim, 4 * dim), projection(x, dim, dim)];
    const [recurrent, start] = [random(dim * 4 * dim, dim ** -0.5), new Float32Array(batch * dim)];
    const [factor, bias] = [random(dim * dim, dim ** -0.5), random(dim)];
    const [states, kept, slopes] = [new Float32Array(rows * 2 * dim), new Float32Array(rows * 5 * dim), random(rows * 2 * dim)];
    const out = like([gates.out, recurrent, start, start, multiplier.out, factor, bias]);
    const inputs = [recurrent, start, start, multiplier.out, factor];
    return [
      () => [gates.forward(), multiplier.forward()],
      () => kernels.mLstmSequence(gates.out, ...inputs, bias, undefined, batch, time, dim, states, kept),
      () => kernels.mLstmSequenceGradient(...inputs, undefined, states, kept, slopes, batch, time, dim, ...out),
      () => [gates.backward(out[0], false), multiplier.backward(out[4], true)],
    ];
  },
  gru(dim) {
    const gates = projection(random(rows * dim), dim, 3 * dim);
    const [recurrent, bias, start] = [random(dim * 3 * dim, dim ** -0.5), random(3 * dim), new Float32Array(batch * dim)];
    const [states, kept, slopes] = [new Float32Array(rows * dim), new Float32Array(rows * 4 * dim), random(rows * dim)];
    const out = like([gates.out, recurrent, bias, start]);
    return [
      () => gates.forward(),
      () => kernels.gruSequence(gates.out, recurrent, bias, start, undefined, batch, time, dim, states, kept),
      () => kernels.gruSequenceGradient(recurrent, start, undefined, states, kept, slopes, batch, time, dim, ...out),
      () => gates.backward(out[0], false),
    ];
  },
};

for (const [name, make] of Object.entries(layers))
  for (const dim of [128, 64]) {
    const phases = make(dim);
    const [ours, own, oneDnn] = [[], [], []];
    for (let turn = -2; turn < turns; turn++) {
      const times = phases.map((phase) => {
        const began = performance.now();
        phase();
        return performance.now() - began;
      });
      const peers = [];
      if (peer) {
        await pause();
        peer.stdin.write(`${name} ${batch} ${time} ${dim}\n`);
        const [line] = await once(answers, 'line');
        peers.push(...line.split(' ').map(Number));
        await pause();
      }
      if (turn < 0) continue; // all is new to both
      ours.push([...times, times.reduce((sum, ms) => sum + ms)]);
      if (peers[0]) own.push(peers[0]);
      if (peers[1]) oneDnn.push(peers[1]);
    }
    const best = own.map((value, turn) => Math.min(value, oneDnn[turn] ?? value));
    const shown = (values) => (values.length > 0 ? median(values).toFixed(1) : '–').padStart(7);
    const [project, forward, backward, projectBack, whole] = [0, 1, 2, 3, 4].map((at) => shown(ours.map((times) => times[at])));
    const ratio = peer ? `, ratio ${median(best.map((value, turn) => value / ours[turn][4])).toFixed(2)}` : '';
    console.log(
      `${name.padEnd(5)} dim ${String(dim).padStart(3)}: ours ${whole} ms (inputs ${project}, forward ${forward}, backward ${backward}, back to inputs ${projectBack}); ` +
        `PyTorch ${shown(own)}, with oneDNN ${shown(oneDnn)} ms${ratio}`,
    );
  }
peer?.stdin.end();
