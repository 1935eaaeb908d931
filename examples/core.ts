import { createRng } from '@footlight/core';

const rng = createRng(42);

// Each part draws from its own stream: adding one does not shift the numbers of the others.
const items = Int32Array.of(10, 20, 30, 40, 50);
rng.fork('split').shuffle(items);
console.log('shuffled', [...items].join(' '));
console.log('uniform ', rng.fork('model').uniform(0, 1).toFixed(4));
console.log('again   ', createRng(42).fork('model').uniform(0, 1).toFixed(4));
