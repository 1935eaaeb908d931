import { loadWasm } from '../wasm.js';

const { kernels, memory, threads } = await loadWasm({ threads: 3 });
const [a, b, c] = [1, 2, 3].map(() => memory.allocateFloats(512 * 512).fill(1));
kernels.sgemm({ rows: 512, columns: 512, inner: 512, a, b, out: c });
console.log(threads, c[0]);
