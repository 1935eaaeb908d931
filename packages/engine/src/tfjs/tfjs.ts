/// <reference types="@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js" />
import '#register-tfjs';
import * as tf from '@tensorflow/tfjs-core';

/**
 * TensorFlow.js: its core with gradients, methods of tensors and the backend `cpu`. Losses, layers and models of your
 * own use this one, so that all tensors belong to one copy.
 */
export { tf };
