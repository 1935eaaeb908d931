#pragma once

#include <cstdint>

namespace footlight {

struct SoftmaxLoops {
  // log Σ e^x of a row.
  float (*normaliser)(const float* x, int64_t n);
  // out = slope · e^(x − normaliser); out may be x.
  void (*probabilities)(const float* x, int64_t n, float normaliser, float slope, float* out);
};

const SoftmaxLoops& softmax_loops();

}  // namespace footlight
