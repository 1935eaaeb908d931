#include "kernels/softmax.h"

#include "binding/wasm/workspace.h"

namespace footlight {

FOOTLIGHT_EXPORT(softmax) void footlight_softmax(const float* x, float* out, double rows, double columns) {
  parallel(threads(), whole(rows), softmax_grain(whole(columns)),
           [&](int64_t begin, int64_t end, int) { softmax(x, out, whole(columns), begin, end); });
}

FOOTLIGHT_EXPORT(sparseSoftmaxLoss)
void footlight_sparse_softmax_loss(const float* logits, double queries, double items, const int32_t* offsets, const int32_t* ids, const float* weights,
                                   float* losses, float* normalizers) {
  const SparseTargets targets{offsets, ids, weights};
  parallel(threads(), whole(queries), sparse_softmax_grain(whole(items)),
           [&](int64_t begin, int64_t end, int) { sparse_softmax_loss(logits, whole(items), targets, losses, normalizers, begin, end); });
}

FOOTLIGHT_EXPORT(sparseSoftmaxGradient)
void footlight_sparse_softmax_gradient(const float* logits, double queries, double items, const int32_t* offsets, const int32_t* ids, const float* weights,
                                       const float* normalizers, const float* gradients, float* out) {
  const SparseTargets targets{offsets, ids, weights};
  parallel(threads(), whole(queries), sparse_softmax_grain(whole(items)), [&](int64_t begin, int64_t end, int) {
    sparse_softmax_gradient(logits, whole(items), targets, normalizers, gradients, out, begin, end);
  });
}

}  // namespace footlight
