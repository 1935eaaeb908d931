import { createRng } from '@footlight/core';

const rng = createRng(42);

// Each part of a program forks a stream of its own, so that a new part does not change the numbers of the others.
const items = rng.fork('split').shuffle(Int32Array.of(10, 20, 30, 40, 50));
console.log('shuffled', ...items);
console.log('normal  ', rng.fork('model').normal().toFixed(4));
console.log('again   ', createRng(42).fork('model').normal().toFixed(4));
