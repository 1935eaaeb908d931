#pragma once

#include <cstdint>

namespace footlight {

struct SoftmaxLoops {
  // The largest x of a row, and log Σ e^(x − largest). Their sum would lose the logarithm where x is large.
  void (*normaliser)(const float* x, int64_t n, float& largest, float& log_sum);
  // out = slope · e^(x − largest − log_sum); out may be x.
  void (*probabilities)(const float* x, int64_t n, float largest, float log_sum, float slope, float* out);
};

const SoftmaxLoops& softmax_loops();

}  // namespace footlight
