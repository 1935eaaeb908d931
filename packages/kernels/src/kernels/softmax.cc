#include "kernels/softmax.h"

#include "kernels/arithmetic.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/softmax.cc"
#include "simd/foreach_target.h"
#include "kernels/rows-inl.h"
#include "simd/math-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

FOOTLIGHT_TARGET void softmax_row(const float* x, float* out, int64_t n) {
  const float most = largest(x, n);
  FOOTLIGHT_INDEPENDENT
  for (int64_t i = 0; i < n; i++) out[i] = exp(x[i] - most);
  const float total = (float)sum_row(out, n);
  FOOTLIGHT_INDEPENDENT
  for (int64_t i = 0; i < n; i++) out[i] = out[i] / total;
}

enum { SUMS = 32, CHUNK = 1024 };  // floats are added up to a double, in SUMS sums side by side

// −∞ if none is a number.
FOOTLIGHT_TARGET float max_of_numbers(const float* x, int64_t n) {
  float most[SUMS];
  for (int k = 0; k < SUMS; k++) most[k] = -__builtin_inff();
  int64_t i = 0;
  for (; i + SUMS <= n; i += SUMS)
    for (int k = 0; k < SUMS; k++) most[k] = x[i + k] > most[k] ? x[i + k] : most[k];
  for (; i < n; i++) most[0] = x[i] > most[0] ? x[i] : most[0];
  for (int k = 1; k < SUMS; k++) most[0] = most[k] > most[0] ? most[k] : most[0];
  return most[0];
}

// The largest x of a row, and log Σ e^(x − largest). Their sum would lose the logarithm where x is large.
FOOTLIGHT_TARGET void normalizer(const float* x, int64_t n, float& largest, float& log_sum) {
  const float most = max_of_numbers(x, n);
  double sum = 0;
  for (int64_t from = 0; from < n; from += CHUNK) {
    const int64_t to = from + CHUNK < n ? from + CHUNK : n;
    float sums[SUMS] = {};
    int64_t i = from;
    for (; i + SUMS <= to; i += SUMS)
      for (int k = 0; k < SUMS; k++) sums[k] += exp(x[i + k] - most);
    for (; i < to; i++) sums[0] += exp(x[i] - most);
    for (int k = 0; k < SUMS; k++) sum += sums[k];
  }
  largest = most;
  log_sum = (float)::log(sum);
}

// out = gradient · e^(x − largest − log_sum); out may be x.
FOOTLIGHT_TARGET void probabilities(const float* x, int64_t n, float largest, float log_sum, float gradient, float* out) {
  for (int64_t i = 0; i < n; i++) out[i] = gradient * exp((x[i] - largest) - log_sum);
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
void softmax(const float* x, float* out, int64_t columns, int64_t begin, int64_t end) {
  const auto softmax_row = FOOTLIGHT_DISPATCH(softmax_row);
  for (int64_t row = begin; row < end; row++) softmax_row(x + row * columns, out + row * columns, columns);
}

void sparse_softmax_loss(const float* logits, int64_t items, const SparseTargets& targets, float* losses, float* normalizers, int64_t begin, int64_t end) {
  const auto normalizer = FOOTLIGHT_DISPATCH(normalizer);
  for (int64_t q = begin; q < end; q++) {
    const float* row = logits + q * items;
    normalizer(row, items, normalizers[2 * q], normalizers[2 * q + 1]);
    const double largest = normalizers[2 * q], log_sum = normalizers[2 * q + 1];
    double loss = 0;
    for (int64_t e = targets.offsets[q]; e < targets.offsets[q + 1]; e++)
      loss += static_cast<double>(targets.weight(e)) * (largest - row[targets.items[e]] + log_sum);
    losses[q] = static_cast<float>(loss);
  }
}

void sparse_softmax_gradient(const float* logits, int64_t items, const SparseTargets& targets, const float* normalizers, const float* gradients, float* out,
                             int64_t begin, int64_t end) {
  const auto probabilities = FOOTLIGHT_DISPATCH(probabilities);
  for (int64_t q = begin; q < end; q++) {
    double all = 0;
    for (int64_t e = targets.offsets[q]; e < targets.offsets[q + 1]; e++) all += targets.weight(e);
    float* row = out + q * items;
    if (all == 0)
      for (int64_t item = 0; item < items; item++) row[item] = 0.0f;
    else
      probabilities(logits + q * items, items, normalizers[2 * q], normalizers[2 * q + 1], static_cast<float>(gradients[q] * all), row);
    for (int64_t e = targets.offsets[q]; e < targets.offsets[q + 1]; e++) row[targets.items[e]] -= gradients[q] * targets.weight(e);
  }
}
#endif

}  // namespace footlight
