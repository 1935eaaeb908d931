// What @tensorflow/tfjs-core does not register by itself: gradients, methods of tensors, a backend. Node cannot import
// these files of its package, so that the build bundles them; bundlers for browsers can.
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-backend-cpu';
