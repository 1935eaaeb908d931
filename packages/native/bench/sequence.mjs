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

const like = (...arrays) => arrays.map((array) => new Float32Array(array.length));
/** Room for states, one kind of which the loss knows, and for what is kept: `parts` numbers of each unit. */
const walked = (dim, parts) => ({
  hidden: new Float32Array(rows * dim),
  cell: new Float32Array(rows * dim),
  kept: new Float32Array(rows * parts * dim),
  slopes: random(rows * dim),
});

/** Forward and backward of each; batch, time, inputDim and dim are the same for all calls of one. */
const layers = {
  lstm(dim) {
    const sizes = [batch, time, dim, dim];
    const [input, weight, bias] = [
      random(rows * dim),
      random(dim * 4 * dim, dim ** -0.5),
      random(4 * dim, dim ** -0.5),
    ];
    const [recurrent, start] = [random(dim * 4 * dim, dim ** -0.5), new Float32Array(batch * dim)];
    const { hidden, cell, kept, slopes } = walked(dim, 4);
    const out = like(input, weight, bias, recurrent, start, start);
    const read = [input, weight, recurrent, start, start, undefined, hidden, cell, kept, slopes, undefined];
    return [
      () => kernels.lstmSequence(input, weight, bias, recurrent, start, start, undefined, ...sizes, hidden, cell, kept),
      () => kernels.lstmSequenceGradient(...read, ...sizes, ...out),
    ];
  },
  mLstm(dim) {
    const sizes = [batch, time, dim, dim];
    const [input, weight, bias] = [
      random(rows * dim),
      random(dim * 4 * dim, dim ** -0.5),
      random(4 * dim, dim ** -0.5),
    ];
    const [recurrent, start] = [random(dim * 4 * dim, dim ** -0.5), new Float32Array(batch * dim)];
    const [factor, factorBias] = [random(dim * dim, dim ** -0.5), random(dim)];
    const multiplier = projection(input, dim);
    const { hidden, cell, kept, slopes } = walked(dim, 5);
    const out = like(input, weight, bias, recurrent, start, start, multiplier.out, factor, factorBias);
    const inputs = [input, weight, bias, recurrent, start, start, multiplier.out, factor, factorBias, undefined];
    const read = [
      input,
      weight,
      recurrent,
      start,
      start,
      multiplier.out,
      factor,
      undefined,
      hidden,
      cell,
      kept,
      slopes,
      undefined,
    ];
    return [
      () => {
        multiplier.forward();
        kernels.mLstmSequence(...inputs, ...sizes, hidden, cell, kept);
      },
      () => {
        kernels.mLstmSequenceGradient(...read, ...sizes, ...out);
        multiplier.backward(out[6], out[0]);
      },
    ];
  },
  gru(dim) {
    const sizes = [batch, time, dim, dim];
    const [input, weight, bias] = [
      random(rows * dim),
      random(dim * 3 * dim, dim ** -0.5),
      random(3 * dim, dim ** -0.5),
    ];
    const [recurrent, recurrentBias, start] = [
      random(dim * 3 * dim, dim ** -0.5),
      random(3 * dim),
      new Float32Array(batch * dim),
    ];
    const { hidden, kept, slopes } = walked(dim, 4);
    const out = like(input, weight, bias, recurrent, recurrentBias, start);
    const read = [input, weight, recurrent, start, undefined, hidden, kept, slopes];
    return [
      () =>
        kernels.gruSequence(input, weight, bias, recurrent, recurrentBias, start, undefined, ...sizes, hidden, kept),
      () => kernels.gruSequenceGradient(...read, ...sizes, ...out),
    ];
  },
};

/** What the input says of the multiplicative one's intermediate state, input · weights + bias, and back. */
function projection(input, dim) {
  const [weights, bias] = [random(dim * dim, dim ** -0.5), random(dim, dim ** -0.5)];
  const [ofWeights, ofBias, ones] = [
    new Float32Array(dim * dim),
    new Float32Array(dim),
    new Float32Array(rows).fill(1),
  ];
  return {
    out: new Float32Array(rows * dim),
    forward() {
      kernels.sgemm(false, false, rows, dim, dim, input, weights, this.out, false, bias);
    },
    /** Adds to the gradient of the input. */
    backward(slopes, ofInput) {
      kernels.sgemm(false, true, rows, dim, dim, slopes, weights, ofInput, true);
      kernels.sgemm(true, false, dim, dim, rows, input, slopes, ofWeights);
      kernels.sgemm(false, false, 1, dim, rows, ones, slopes, ofBias);
    },
  };
}

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
    const [forward, backward, whole] = [0, 1, 2].map((at) => shown(ours.map((times) => times[at])));
    const ratio = peer ? `, ratio ${median(best.map((value, turn) => value / ours[turn][2])).toFixed(2)}` : '';
    console.log(
      `${name.padEnd(5)} dim ${String(dim).padStart(3)}: ours ${whole} ms (forward ${forward}, backward ${backward}); ` +
        `PyTorch ${shown(own)}, with oneDNN ${shown(oneDnn)} ms${ratio}`,
    );
  }
peer?.stdin.end();
