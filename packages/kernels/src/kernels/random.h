#pragma once

#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// The generator of @footlight/core, in the order of its state: sfc32. Every number is the one that JavaScript computes, to the last bit.
struct Sfc32 {
  uint32_t a, b, c, counter;

  uint32_t bits() {
    const uint32_t sum = a + b + counter++;
    a = b ^ (b >> 9);
    b = c + (c << 3);
    c = ((c << 21) | (c >> 11)) + sum;
    return sum;
  }
  double next() { return bits() * 0x1p-32; }
};

// Points within the unit circle, and their squared distance from its center.
struct NormalWorkspace {
  static constexpr int64_t pairs = 1 << 14;  // few enough for the cache, enough for threads to share
  double x[pairs], y[pairs], square[pairs];
};

// out = low + width · u, u uniform in [0, 1).
void fill_uniform(float* out, int64_t length, Sfc32& generator, double low, double width);

// out = mean + deviation · z, z normally distributed, by Marsaglia's polar method.
void fill_normal(const Threads& threads, float* out, int64_t length, Sfc32& generator, double mean, double deviation, NormalWorkspace& workspace);

// out = 0 with probability `rate`, else 1 / (1 − rate): a dropout mask.
void fill_mask(float* out, int64_t length, Sfc32& generator, double rate);

}  // namespace footlight
