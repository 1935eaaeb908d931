#include "kernels/softmax.h"

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

// softmax(x, out, rows, columns)
Napi::Value softmax_rows(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "softmax");
  const int64_t rows = arguments.integer(2, "rows", 1), columns = arguments.integer(3, "columns", 1);
  const float* x = arguments.floats(0, "x", product({rows, columns}));
  float* out = arguments.out_floats(1, "out", product({rows, columns}), {"x"});
  parallel(rows, softmax_grain(columns), [&](int64_t begin, int64_t end, int) { softmax(x, out, columns, begin, end); });
  return info.Env().Undefined();
}

SparseTargets read_targets(const Arguments& arguments, size_t at, int64_t queries, int64_t items) {
  const int64_t entries = arguments.length(at + 1);
  const int32_t* offsets = arguments.offsets(at, "offsets", queries, entries);
  return {offsets, arguments.ids(at + 1, "ids", entries, items), arguments.floats_if_given(at + 2, "weights", entries)};
}

// sparseSoftmaxLoss(logits, queryCount, itemCount, offsets, ids, weights, outLosses, outNormalizers)
Napi::Value sparse_softmax_losses(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sparseSoftmaxLoss");
  const int64_t queries = arguments.integer(1, "queryCount", 0), items = arguments.integer(2, "itemCount", 1, INT32_MAX);
  const float* logits = arguments.floats(0, "logits", product({queries, items}));
  const SparseTargets targets = read_targets(arguments, 3, queries, items);
  float* losses = arguments.out_floats(6, "outLosses", queries);
  float* normalizers = arguments.out_floats(7, "outNormalizers", product({2, queries}));
  parallel(queries, sparse_softmax_grain(items),
           [&](int64_t begin, int64_t end, int) { sparse_softmax_loss(logits, items, targets, losses, normalizers, begin, end); });
  return info.Env().Undefined();
}

// sparseSoftmaxGradient(logits, queryCount, itemCount, offsets, ids, weights, normalizers, gradients, out)
Napi::Value sparse_softmax_gradients(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sparseSoftmaxGradient");
  const int64_t queries = arguments.integer(1, "queryCount", 0), items = arguments.integer(2, "itemCount", 1, INT32_MAX);
  const float* logits = arguments.floats(0, "logits", product({queries, items}));
  const SparseTargets targets = read_targets(arguments, 3, queries, items);
  const float* normalizers = arguments.floats(6, "normalizers", product({2, queries}));
  const float* gradients = arguments.floats(7, "gradients", queries);
  float* out = arguments.out_floats(8, "out", product({queries, items}), {"logits"});
  parallel(queries, sparse_softmax_grain(items),
           [&](int64_t begin, int64_t end, int) { sparse_softmax_gradient(logits, items, targets, normalizers, gradients, out, begin, end); });
  return info.Env().Undefined();
}

const Registration registrations[] = {
    {"softmax", softmax_rows}, {"sparseSoftmaxLoss", sparse_softmax_losses}, {"sparseSoftmaxGradient", sparse_softmax_gradients}};

}  // namespace
}  // namespace footlight
