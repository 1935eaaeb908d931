/**
 * Multiplies matrices of many sizes and compares them with sums in double precision. Prints the largest error as a
 * share of its bound, and a hash of all results. Runs in a process of its own, because the instruction set and the
 * threads are chosen once per process.
 *
 *   node gemm-errors.mjs sgemm|bgemm [large]   `large`: only sizes that are divided among threads
 */
import { createHash } from 'node:crypto';
import { loadKernels } from './load-kernels.mjs';

const { kernels, reason } = await loadKernels();
if (!kernels) throw new Error(reason);

const name = process.argv[2];
const hash = createHash('sha256');
let state = 1;
/** Draws numbers of both signs, with magnitudes from 2⁻⁴ to 2⁴. */
function draw(length) {
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * 2 ** ((state & 7) - 4);
  });
}

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);
/** Rounds to 8 bits, ties to even. */
function roundToBf16(value) {
  floats[0] = value;
  bits[0] = ((bits[0] + 0x7fff + ((bits[0] >>> 16) & 1)) & 0xffff0000) >>> 0;
  return floats[0];
}

const isSlow = ['portable', 'avx2'].includes(process.env.FOOTLIGHT_INSTRUCTIONS);
const sizes = [1, 2, 3, 7, 17, 31, 129];
const shapes = process.argv[3]
  ? []
  : sizes.flatMap((m) => sizes.flatMap((n) => [1, 2, 3, 7, 17, 31, 129].map((k) => [m, n, k])));
// Several blocks of each kind: of k (384), of columns (624), of packed rows (240), of units (512).
shapes.push([521, 13, 17], [13, 1259, 23], [11, 53, 1559], [257, 641, 389]);
if (!isSlow) shapes.push([1031, 1249, 7]);

let worst = 0;
for (const [m, n, k] of shapes)
  for (let kind = 0; kind < 8; kind++) {
    const [transposeA, transposeB, add] = [(kind & 1) !== 0, (kind & 2) !== 0, (kind & 4) !== 0];
    if (m * n * k > 10 ** 6 && kind % 3 !== 0) continue;
    const [a, b, before] = [draw(m * k), draw(k * n), draw(m * n)];
    const bias = kind === 5 || kind === 2 ? draw(n) : undefined;
    const c = before.slice();
    kernels[name]({ transposeA, transposeB, rows: m, columns: n, inner: k, a, b, out: c, accumulate: add, bias });
    hash.update(c);
    if (process.argv[3]) continue; // only the hash is needed
    const [left, right] = name === 'bgemm' ? [a.map(roundToBf16), b.map(roundToBf16)] : [a, b];
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let [exact, size] = [0, 0];
        for (let d = 0; d < k; d++) {
          const term = left[transposeA ? d * m + i : i * k + d] * right[transposeB ? j * k + d : d * n + j];
          exact += term;
          size += Math.abs(term);
        }
        if (add) [exact, size] = [exact + before[i * n + j], size + Math.abs(before[i * n + j])];
        if (bias) [exact, size] = [exact + bias[j], size + Math.abs(bias[j])];
        // Each of k products is rounded at most once itself and once by each of at most k + 2 additions, each time by
        // 2⁻²⁴ of the sum.
        const share = Math.abs(c[i * n + j] - exact) / ((k + 3) * 2 ** -24 * size + Number.MIN_VALUE);
        if (!(share <= worst)) worst = share;
      }
  }
console.log(JSON.stringify({ worst, hash: hash.digest('hex') }));
