#include "softmax.h"

#include <algorithm>

#include "arguments.h"
#include "parallel.h"
#include "registry.h"

namespace footlight {
namespace {

// Targets of each query as entries with a weight, or with weight 1.
struct Targets {
  const int32_t *offsets, *items;  // [query + 1], [entry]
  const float* weights;            // [entry], or none
  float weight_at(int64_t entry) const { return weights ? weights[entry] : 1.0f; }
};

Targets targets_at(const Arguments& arguments, size_t at, int64_t queries, int64_t items) {
  const int64_t entries = arguments.length(at + 1);
  const int32_t* offsets = arguments.offsets(at, "offsets", queries, entries);
  return {offsets, arguments.ids(at + 1, "items", entries, items), arguments.floats_if_given(at + 2, "weights", entries)};
}

int64_t grain(int64_t items) { return std::max<int64_t>(1, 16384 / items); }

// sparseSoftmaxLoss(logits, query, item, offsets, items, weights, outLosses, outNormalisers)
Napi::Value sparse_softmax_loss(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sparseSoftmaxLoss");
  const int64_t queries = arguments.integer(1, "query", 0), items = arguments.integer(2, "item", 1, INT32_MAX);
  const float* logits = arguments.floats(0, "logits", product({queries, items}));
  const Targets targets = targets_at(arguments, 3, queries, items);
  float* losses = arguments.out_floats(6, "outLosses", queries);
  float* normalisers = arguments.out_floats(7, "outNormalisers", product({2, queries}));
  parallel(queries, grain(items), [&](int64_t begin, int64_t end, int) {
    for (int64_t q = begin; q < end; q++) {
      const float* row = logits + q * items;
      softmax_loops().normaliser(row, items, normalisers[2 * q], normalisers[2 * q + 1]);
      const double largest = normalisers[2 * q], log_sum = normalisers[2 * q + 1];
      double loss = 0;
      for (int64_t e = targets.offsets[q]; e < targets.offsets[q + 1]; e++)
        loss += static_cast<double>(targets.weight_at(e)) * (largest - row[targets.items[e]] + log_sum);
      losses[q] = static_cast<float>(loss);
    }
  });
  return info.Env().Undefined();
}

// sparseSoftmaxGradient(logits, query, item, offsets, items, weights, normalisers, slopes, outGradient)
Napi::Value sparse_softmax_gradient(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sparseSoftmaxGradient");
  const int64_t queries = arguments.integer(1, "query", 0), items = arguments.integer(2, "item", 1, INT32_MAX);
  const float* logits = arguments.floats(0, "logits", product({queries, items}));
  const Targets targets = targets_at(arguments, 3, queries, items);
  const float* normalisers = arguments.floats(6, "normalisers", product({2, queries}));
  const float* slopes = arguments.floats(7, "slopes", queries);
  float* gradient = arguments.out_floats(8, "outGradient", product({queries, items}), {"logits"});
  parallel(queries, grain(items), [&](int64_t begin, int64_t end, int) {
    for (int64_t q = begin; q < end; q++) {
      double all = 0;
      for (int64_t e = targets.offsets[q]; e < targets.offsets[q + 1]; e++) all += targets.weight_at(e);
      float* row = gradient + q * items;
      if (all == 0) std::fill_n(row, items, 0.0f);
      else softmax_loops().probabilities(logits + q * items, items, normalisers[2 * q], normalisers[2 * q + 1], static_cast<float>(slopes[q] * all), row);
      for (int64_t e = targets.offsets[q]; e < targets.offsets[q + 1]; e++) row[targets.items[e]] -= slopes[q] * targets.weight_at(e);
    }
  });
  return info.Env().Undefined();
}

const Offer offer_loss("sparseSoftmaxLoss", sparse_softmax_loss);
const Offer offer_gradient("sparseSoftmaxGradient", sparse_softmax_gradient);

}  // namespace
}  // namespace footlight
