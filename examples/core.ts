import { createRng } from '@footlight/core';

const rng = createRng(42);

// Each part draws from a stream of its own: adding one does not shift the numbers of the others.
const items = rng.fork('split').shuffle(Int32Array.of(10, 20, 30, 40, 50));
console.log('shuffled', ...items);
console.log('normal  ', rng.fork('model').normal().toFixed(4));
console.log('again   ', createRng(42).fork('model').normal().toFixed(4));
