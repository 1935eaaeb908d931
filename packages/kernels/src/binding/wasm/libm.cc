// Functions of the C library that kernels call, for WebAssembly: floats within one unit in the last place, computed in doubles.

#include "simd/libm.h"

#include <stdint.h>

#include "binding/wasm/export.h"

namespace footlight {
namespace {

constexpr double log2_e = 0x1.71547652b82fep+0, ln2 = 0x1.62e42fefa39efp-1;
constexpr double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;  // the first has 32 zeros at the end

double from_bits(uint64_t bits) {
  double x;
  __builtin_memcpy(&x, &bits, sizeof(x));
  return x;
}

uint64_t bits_of(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof(bits));
  return bits;
}

// 2^n for n from −1022 to 1023.
double power_of_two(int64_t n) { return from_bits((uint64_t)(n + 1023) << 52); }

// e^x for |x| ≤ 200: far beyond what a float can hold.
double exp_near(double x) {
  const double n = __builtin_rint(x * log2_e);
  const double r = (x - n * ln2_high) - n * ln2_low;  // |r| ≤ ln 2 / 2; r^11 / 11! is below 3e-13
  double p = 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1.0;
  return (p * r + 1.0) * power_of_two((int64_t)n);
}

// x = 2^exponent · (1 + f) with √½ ≤ 1 + f < √2; x is above 0, finite, and not denormal.
struct Parts {
  double exponent, f;
};
Parts split(double x) {
  const uint64_t moved = bits_of(x) - 0x3fe6a09e667f3bcdu;
  const double mantissa = from_bits((moved & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu);
  return {(double)((int64_t)moved >> 52), mantissa - 1.0};
}

// log(1 + f) − f, from 2 artanh(s) with s = f / (2 + f), |s| ≤ 0.172: after the term of s^21 the rest is below 1e-18.
double log1p_rest(double f) {
  const double s = f / (2.0 + f), z = s * s;
  double p = 2.0 / 21;
  p = p * z + 2.0 / 19;
  p = p * z + 2.0 / 17;
  p = p * z + 2.0 / 15;
  p = p * z + 2.0 / 13;
  p = p * z + 2.0 / 11;
  p = p * z + 2.0 / 9;
  p = p * z + 2.0 / 7;
  p = p * z + 2.0 / 5;
  p = p * z + 2.0 / 3;
  const double half_square = 0.5 * f * f;
  return s * (half_square + p * z) - half_square;  // 2 s = f − s f, and s f = f² / 2 − s f² / 2
}

double log_positive(double x) {
  const auto [exponent, f] = split(x);
  return exponent * ln2_high + (f + (log1p_rest(f) + exponent * ln2_low));
}

// x = quadrant · π/2 + rest with |rest| ≤ π/4.
struct Angle {
  double rest;
  int64_t quadrant;
};

constexpr double half_pi = 0x1.921fb54442d18p+0;
constexpr double half_pi_high = 0x1.921fb54400000p+0, half_pi_low = 0x1.0b4611a626331p-34;

Angle reduce_near(double x) {  // |x| < 2^20: the product with the first 33 bits of π/2 is exact
  const double n = __builtin_rint(x * (1 / half_pi));
  return {(x - n * half_pi_high) - n * half_pi_low, (int64_t)n};
}

// After a zero, the bits of 2/π.
constexpr uint32_t two_over_pi[] = {0, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab};

// Of x = m · 2^e, where what the first e − 2 bits of 2/π add to x · 2/π is a multiple of 4, a whole turn: the 96 bits after them are enough.
Angle reduce_far(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof(bits));
  const uint64_t m = (bits & 0x7fffffu) | 0x800000u;
  const int position = (int)(bits >> 23 & 0xff) - 150 + 30;
  const uint32_t* word = two_over_pi + position / 32;
  const int shift = position % 32;
  const auto read = [&](int i) -> uint64_t { return shift == 0 ? word[i] : (uint32_t)(word[i] << shift | word[i + 1] >> (32 - shift)); };
  const uint64_t turn = (m * read(0) << 32) + m * read(1) + (m * read(2) >> 32);  // of 2^64
  const int64_t quadrant = (int64_t)((turn + (1ull << 61)) >> 62);
  const double rest = (double)(int64_t)(turn - ((uint64_t)quadrant << 62)) * (0x1p-62 * half_pi);
  return bits >> 31 ? Angle{-rest, -quadrant} : Angle{rest, quadrant};
}

Angle reduce(float x) { return __builtin_fabsf(x) < 0x1p20f ? reduce_near((double)x) : reduce_far(x); }

double sin_near(double r) {
  const double z = r * r;
  double p = 1.0 / 6227020800;
  p = p * z - 1.0 / 39916800;
  p = p * z + 1.0 / 362880;
  p = p * z - 1.0 / 5040;
  p = p * z + 1.0 / 120;
  p = p * z - 1.0 / 6;
  return r * (1.0 + p * z);
}

double cos_near(double r) {
  const double z = r * r;
  double p = -1.0 / 87178291200;
  p = p * z + 1.0 / 479001600;
  p = p * z - 1.0 / 3628800;
  p = p * z + 1.0 / 40320;
  p = p * z - 1.0 / 720;
  p = p * z + 1.0 / 24;
  p = p * z - 0.5;
  return 1.0 + p * z;
}

// sin(x + quadrants · π/2)
float sin_turned(float x, int64_t quadrants) {
  if (!(__builtin_fabsf(x) <= 0x1.fffffep+127f)) return __builtin_nanf("");
  const auto [rest, quadrant] = reduce(x);
  const int64_t turned = quadrant + quadrants;
  const double y = turned & 1 ? cos_near(rest) : sin_near(rest);
  return (float)(turned & 2 ? -y : y);
}

// |x|^y for finite x ≠ 0 and finite y.
float power_of_size(float x, float y) {
  const double exponent = (double)y * log_positive((double)__builtin_fabsf(x));
  return (float)exp_near(exponent > 200 ? 200 : exponent < -200 ? -200 : exponent);
}

}  // namespace
}  // namespace footlight

using namespace footlight;

// Exported for tests.

FOOTLIGHT_EXPORT(log) double log(double x) {
  if (x != x || x < 0) return __builtin_nan("");
  if (x == 0) return -__builtin_inf();
  if (x > 0x1.fffffffffffffp+1023) return x;
  if (x < 0x1p-1022) return log_positive(x * 0x1p54) - 54 * ln2;
  return log_positive(x);
}

FOOTLIGHT_EXPORT(logf) float logf(float x) { return (float)log((double)x); }

FOOTLIGHT_EXPORT(expf) float expf(float x) {
  if (x != x) return x;
  return x > 89.0f ? __builtin_inff() : x < -104.0f ? 0.0f : (float)exp_near((double)x);
}

FOOTLIGHT_EXPORT(sinf) float sinf(float x) { return __builtin_fabsf(x) < 0x1p-12f ? x : sin_turned(x, 0); }
FOOTLIGHT_EXPORT(cosf) float cosf(float x) { return sin_turned(x, 1); }

FOOTLIGHT_EXPORT(powf) float powf(float x, float y) {
  if (y == 0 || x == 1) return 1.0f;
  if (x != x || y != y) return __builtin_nanf("");
  const float size = __builtin_fabsf(x), infinity = __builtin_inff();
  const bool whole = y == __builtin_floorf(y);  // also ±∞, which counts as even, as all above 2^24
  const bool odd = whole && __builtin_fabsf(y) < 0x1p24f && ((int64_t)y & 1);
  if (size == infinity || size == 0) {
    const float magnitude = (size == 0) == (y < 0) ? infinity : 0.0f;
    return odd ? __builtin_copysignf(magnitude, x) : magnitude;
  }
  if (__builtin_fabsf(y) == infinity) return size == 1 ? 1.0f : (size > 1) == (y > 0) ? infinity : 0.0f;
  if (x < 0 && !whole) return __builtin_nanf("");
  const float magnitude = power_of_size(x, y);
  return x < 0 && odd ? -magnitude : magnitude;
}
