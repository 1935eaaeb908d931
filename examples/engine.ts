import { adam, lookup, useBackend, valueAndGradients } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';

await useBackend(); // the best that works here: C++, else TensorFlow, else WebAssembly; `.reason` says why

const table = tf.variable(tf.ones([100_000, 3]));
const parameters = new Map([['item/weight', table]]);
const cost = () => tf.sum(tf.square(lookup(table, tf.tensor1d([2, 7], 'int32')))) as tf.Scalar;

// Two rows were looked up, so the gradient has two rows, and the step changes no other.
const { value, gradients } = valueAndGradients(cost, parameters);
const gradient = gradients.get('item/weight')!;
console.log('cost', value.dataSync()[0], gradient.kind, gradient.kind === 'rows' ? gradient.ids : '', gradient.values);

adam({ learningRate: 0.1 }).apply(parameters, gradients);
console.log('cost', cost().dataSync()[0]?.toFixed(2));
