#pragma once

#include <stddef.h>
#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// Layer normalization of the rows of x [rows, dim], as layerNorm of the engine defines it (packages/engine/src/ops/layer-norm.ts):
//   y = n ⊙ weight + bias,  n = (x − mean) · r,  r = 1 / √(variance + epsilon)
struct LayerNormalization {
  int64_t rows, dim;
  double epsilon;
  const float *x, *weight;  // [rows, dim], [dim]
};

// `statistics` [rows, 2] receives mean and r of each row for the backward pass, or is nullptr.
void layer_normalization(const Threads& threads, const LayerNormalization& job, const float* bias, float* out, float* statistics);

struct LayerNormalizationGradients {
  float *x, *weight, *bias;  // [rows, dim], [dim], [dim]
};

// With g = weight ⊙ gradient:  ∂x = r (g − mean(g) − n mean(g ⊙ n)),  ∂weight = Σ gradient ⊙ n,  ∂bias = Σ gradient, sums over rows.
// The same bytes with any number of threads: rows are added up in blocks. A workspace begins where a cache line does.
void layer_normalization_gradient(const Threads& threads, const LayerNormalization& job, const float* statistics, const float* gradients,
                                  const LayerNormalizationGradients& out, void* workspace);
size_t layer_normalization_gradient_workspace(const LayerNormalization& job);  // bytes

}  // namespace footlight
