// Sums and extremes of one row.

#if defined(FOOTLIGHT_ROWS_INL_H) == defined(FOOTLIGHT_TARGET_TOGGLE)
#ifdef FOOTLIGHT_ROWS_INL_H
#undef FOOTLIGHT_ROWS_INL_H
#else
#define FOOTLIGHT_ROWS_INL_H
#endif

#include "simd/targets.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

// Sum of n floats: those of up to 1024 are added as floats, these as doubles, which is about as exact as a sum of doubles, at the speed of floats.
__attribute__((unused)) FOOTLIGHT_TARGET double sum_row(const float* x, int64_t n) {
  double total = 0.0;
  for (int64_t from = 0; from < n; from += 1024) {
    const int64_t to = from + 1024 < n ? from + 1024 : n;
    float sums[64] = {0};
    int64_t i = from;
    for (; i + 64 <= to; i += 64)
      for (int k = 0; k < 64; k++) sums[k] += x[i + k];
    double part = 0.0;
    for (; i < to; i++) part += x[i];
    for (int k = 0; k < 64 && from + 64 <= to; k++) part += sums[k];
    total += part;
  }
  return total;
}

// Not-a-number is the largest of all.
__attribute__((unused)) FOOTLIGHT_TARGET float largest(const float* x, int64_t n) {
  float best[64];
  int64_t i = 0;
  float result = x[0];
  if (n >= 64) {
    for (int k = 0; k < 64; k++) best[k] = x[k];
    for (i = 64; i + 64 <= n; i += 64)
      for (int k = 0; k < 64; k++) best[k] = ((x[i + k] > best[k]) | (x[i + k] != x[i + k])) ? x[i + k] : best[k];
    for (int k = 0; k < 64; k++) result = ((best[k] > result) | (best[k] != best[k])) ? best[k] : result;
  }
  for (; i < n; i++) result = ((x[i] > result) | (x[i] != x[i])) ? x[i] : result;
  return result;
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace
}  // namespace footlight

#endif
