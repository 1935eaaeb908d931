#pragma once

#include <stdint.h>

#include "kernels/arithmetic.h"

namespace footlight {

// Softmax of the rows of x [rows, columns], e^(x − max) / Σ e^(x − max), as tfjs's softmax; rows [begin, end), out may be x.
void softmax(const float* x, float* out, int64_t columns, int64_t begin, int64_t end);
constexpr int64_t softmax_grain(int64_t columns) { return max(1, 8192 / columns); }  // rows that are worth a thread

// Targets of each query: those of query q are entries offsets[q] … offsets[q + 1] − 1.
struct SparseTargets {
  const int32_t *offsets, *items;  // [query + 1], [entry]
  const float* weights;            // [entry], or nullptr: all 1
  float weight(int64_t entry) const { return weights ? weights[entry] : 1.0f; }
};

// Softmax cross-entropy with sparse targets, as sparseSoftmaxCrossEntropy of the engine, of queries [begin, end):
//   loss_q = −Σ_targets weight · log softmax(logits_q)[target]
// logits [query, item]; normalizers [query, 2] receive the largest logit and log Σ e^(logit − largest), which the gradient reads.
void sparse_softmax_loss(const float* logits, int64_t items, const SparseTargets& targets, float* losses, float* normalizers, int64_t begin, int64_t end);

// out [query, item] = gradient_q · (Σ_targets weight · softmax(logits_q) − the weights at the targets); out may be logits.
void sparse_softmax_gradient(const float* logits, int64_t items, const SparseTargets& targets, const float* normalizers, const float* gradients, float* out,
                             int64_t begin, int64_t end);
constexpr int64_t sparse_softmax_grain(int64_t items) { return max(1, 16384 / items); }  // queries that are worth a thread

}  // namespace footlight
