import { adam, lookup, tf, useBackend, valueAndGradients } from '@footlight/engine';

await useBackend(); // the best one that works: the kernels as an addon, else as WebAssembly; `.reason` describes it

const table = tf.variable(tf.ones([100_000, 3]));
const parameters = new Map([['item/weight', table]]);
const cost = () => tf.sum(tf.square(lookup(table, tf.tensor1d([2, 7], 'int32')))) as tf.Scalar;

// The gradient has the two rows that were looked up, and the step updates no other row.
const { value, gradients } = valueAndGradients(cost, parameters);
const gradient = gradients.get('item/weight')!;
console.log('cost', value.dataSync()[0], gradient.kind, gradient.kind === 'rows' ? gradient.ids : '', gradient.values);

adam({ learningRate: 0.1 }).apply(parameters, gradients);
console.log('cost', cost().dataSync()[0]?.toFixed(2));
