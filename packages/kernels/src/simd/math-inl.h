// Functions of one float within 2 or 3 units in the last place, without branches: loops over them become vectors.

#if defined(FOOTLIGHT_MATH_INL_H) == defined(FOOTLIGHT_TARGET_TOGGLE)
#ifdef FOOTLIGHT_MATH_INL_H
#undef FOOTLIGHT_MATH_INL_H
#else
#define FOOTLIGHT_MATH_INL_H
#endif

#include "simd/targets.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

FOOTLIGHT_INLINE float to_float(uint32_t bits) {
  float x;
  __builtin_memcpy(&x, &bits, sizeof(x));
  return x;
}

FOOTLIGHT_INLINE uint32_t to_bits(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof(bits));
  return bits;
}

// e^r = 1 + r + r² (1/2 + r/6 + …) on |r| ≤ ln 2 / 2, with the minimax coefficients of Cephes: what is above 1.
template <class T>
FOOTLIGHT_INLINE T expm1_polynomial(T r) {
  T p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  return p * r * r + r;
}

// Adding and taking away 1.5 · 2^23 rounds to the nearest whole number, which then also stands in the lowest bits.
FOOTLIGHT_INLINE float exp(float x) {
  x = x > 89.0f ? 89.0f : x;
  x = x < -105.0f ? -105.0f : x;
  const float shifted = x * 1.44269504088896341f + 12582912.0f;
  const float n = shifted - 12582912.0f;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  const int32_t whole = (int32_t)(to_bits(shifted) - 0x4b400000u);
  const int32_t half = whole >> 1;  // in two steps, since 2^128 and denormal numbers are no floats by their exponent alone
  const float first = to_float((uint32_t)(half + 127) << 23), second = to_float((uint32_t)(whole - half + 127) << 23);
  return (1.0f + expm1_polynomial(r)) * first * second;
}

FOOTLIGHT_INLINE float expm1(float x) {
  const float near = x > 15.0f ? 15.0f : x < -20.0f ? -20.0f : x;
  const float shifted = near * 1.44269504088896341f + 12582912.0f;
  const float n = shifted - 12582912.0f;
  const float r = (near - n * 0.693359375f) + n * 2.12194440e-4f;
  const float power = to_float((to_bits(shifted) - 0x4b400000u + 127u) << 23);
  const float small = power * expm1_polynomial(r) + (power - 1.0f);
  return x > 15.0f ? exp(x) - 1.0f : small;
}

// Of numbers above 0 that are finite and not denormal.
FOOTLIGHT_INLINE float log_normal(float x) {
  // The mantissa from √½ to √2 and its exponent.
  const uint32_t moved = to_bits(x) - 0x3f3504f3u;
  const float m = to_float((moved & 0x007fffffu) + 0x3f3504f3u) - 1.0f;
  const float e = (float)((int32_t)moved >> 23);
  float p = 7.0376836292e-2f;
  p = p * m - 1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m - 1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m - 1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m - 2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  const float square = m * m;
  const float y = m * square * p - e * 2.12194440e-4f - 0.5f * square;
  return (m + y) + e * 0.693359375f;
}

FOOTLIGHT_INLINE float log(float x) {
  const int tiny = x < 1.17549435e-38f;
  float y = log_normal(tiny ? x * 8388608.0f : x) - (tiny ? 15.942385152878742f : 0.0f); // 23 ln 2
  y = x > 3.402823466e38f ? x : y;
  y = x == 0.0f ? -__builtin_inff() : y;
  return x < 0.0f || x != x ? __builtin_nanf("") : y;
}

// The part of x that 1 + x loses is added again.
FOOTLIGHT_INLINE float log1p(float x) {
  const float u = 1.0f + x;
  const float lost = u - 1.0f;
  const float y = log(u) + (x - lost) / u;
  return u == 1.0f ? x : u > 0.0f && u <= 3.402823466e38f ? y : log(u);
}

// log(1 + e^x) = max(x, 0) + log(1 + e^−|x|), where the last is at most log 2.
FOOTLIGHT_INLINE float softplus(float x) {
  const float e = exp(-__builtin_fabsf(x));
  const float u = 1.0f + e;
  const float y = log_normal(u) + (e - (u - 1.0f)) / u;
  return (x > 0.0f ? x : 0.0f) + (x != x ? x : y);
}

FOOTLIGHT_INLINE float tanh(float x) {
  const float size = __builtin_fabsf(x);
  const float e = expm1(2.0f * (size > 10.0f ? 10.0f : size));
  const float y = e / (e + 2.0f);
  return x < 0.0f ? -y : y;
}

// JavaScript: 1^∞ and (−1)^∞ are not a number, C has 1.
FOOTLIGHT_INLINE float pow(float x, float y) {
  const int undefined = y != y || ((x == 1.0f || x == -1.0f) && __builtin_fabsf(y) > 3.402823466e38f);
  return undefined ? __builtin_nanf("") : powf(x, y);
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace
}  // namespace footlight

#endif
