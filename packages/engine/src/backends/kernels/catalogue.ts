import type { WeightedRows } from '../../sparse-rows.js';
import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { convertToFloats, type KernelsBackend } from './kernels-backend.js';

/**
 * Registers the kernels and gradients of `scoreCatalogue` and `sparseSoftmaxLoss`, whose tensors have an entry per
 * query and item.
 */
export function registerCatalogueKernels(build: Build): void {
  registerScoreCatalogue(build);
  registerSparseSoftmaxLoss(build);
}

/** vectors · tableᵀ + bias: the fused product of tfjs. */
function registerScoreCatalogue({ name }: Build): void {
  tf.registerKernel({
    kernelName: 'ScoreCatalogue',
    backendName: name,
    kernelFunc({ inputs, backend }) {
      const { vectors, table, bias } = inputs as Record<'vectors' | 'table' | 'bias', tf.TensorInfo>;
      const { kernelFunc } = tf.getKernel('_FusedMatMul', name)!;
      const attrs = { transposeA: false, transposeB: true, activation: 'linear' };
      return kernelFunc({ inputs: { a: vectors, b: table, bias }, attrs, backend });
    },
  });
  tf.registerGradient({
    kernelName: 'ScoreCatalogue',
    inputsToSave: ['vectors', 'table'],
    gradFunc(gradient, saved) {
      const dy = gradient as tf.Tensor2D;
      const [vectors, table] = saved as [tf.Tensor2D, tf.Tensor2D];
      return {
        vectors: () => tf.matMul(dy, table),
        table: () => tf.matMul(dy, vectors, true),
        bias: () => tf.sum(dy, 0),
      };
    },
  });
}

/** Outputs: losses, `[query]`, and the largest logit and log Σ e^(logits − largest), `[query, 2]`, for the gradient. */
function registerSparseSoftmaxLoss({ name, kernels }: Build): void {
  tf.registerKernel({
    kernelName: 'SparseSoftmaxLoss',
    backendName: name,
    kernelFunc(call) {
      const backend = call.backend as KernelsBackend;
      const logits = call.inputs.logits as tf.TensorInfo;
      const [query, item] = logits.shape as [number, number];
      const { offsets, ids, weights } = (call.attrs as unknown as { targets: WeightedRows }).targets;
      const [losses, normalizers] = [backend.arrays.allocate(query), backend.arrays.allocate(2 * query)];
      const values = convertToFloats(backend, logits);
      if (item > 0)
        kernels.sparseSoftmaxLoss({
          ...{ logits: values, queryCount: query, itemCount: item, offsets, ids, weights },
          ...{ outLosses: losses, outNormalizers: normalizers },
        });
      else losses.fill(0);
      return [backend.adopt(losses, [query], 'float32'), backend.adopt(normalizers, [query, 2], 'float32')];
    },
  });
  tf.registerKernel({
    kernelName: 'SparseSoftmaxLossGradient',
    backendName: name,
    kernelFunc(call) {
      const backend = call.backend as KernelsBackend;
      const { logits, normalizers, dy } = call.inputs as Record<'logits' | 'normalizers' | 'dy', tf.TensorInfo>;
      const [query, item] = logits.shape as [number, number];
      const { offsets, ids, weights } = (call.attrs as unknown as { targets: WeightedRows }).targets;
      const [values, logSums, gradients] = [logits, normalizers, dy].map((input) =>
        convertToFloats(backend, input),
      ) as [Float32Array, Float32Array, Float32Array];
      const out = backend.arrays.allocate(query * item);
      if (item > 0)
        kernels.sparseSoftmaxGradient({
          ...{ logits: values, queryCount: query, itemCount: item, offsets, ids, weights },
          ...{ normalizers: logSums, gradients, out },
        });
      return backend.adopt(out, [query, item], 'float32');
    },
  });
  tf.registerGradient({
    kernelName: 'SparseSoftmaxLoss',
    inputsToSave: ['logits'],
    outputsToSave: [false, true],
    gradFunc(gradients, saved, attributes) {
      const [logits, normalizers] = saved as [tf.Tensor, tf.Tensor];
      const [dy] = gradients as tf.Tensor[];
      const inputs = { logits, normalizers, dy: dy! };
      return { logits: () => tf.engine().runKernel('SparseSoftmaxLossGradient', inputs, attributes) as tf.Tensor };
    },
  });
}
