import * as tf from '@tensorflow/tfjs';

// Files of tests share TensorFlow.js: without this, a file would begin on the backend that the one before it chose.
await tf.setBackend('cpu');
