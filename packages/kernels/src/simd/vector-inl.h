// A vector of floats of the target, and arithmetic on rows of them.
//   Lanes, LANES  the vector and how many floats it has
//   sqrt          of each
//   sum_lanes     their sum, the upper half added to the lower one until one is left

#if defined(FOOTLIGHT_VECTOR_INL_H) == defined(FOOTLIGHT_TARGET_TOGGLE)
#ifdef FOOTLIGHT_VECTOR_INL_H
#undef FOOTLIGHT_VECTOR_INL_H
#else
#define FOOTLIGHT_VECTOR_INL_H
#endif

#include "simd/targets.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

FOOTLIGHT_INLINE float sqrt(float x) { return __builtin_sqrtf(x); }

enum { LANES = FOOTLIGHT_LANES };

#if FOOTLIGHT_LANES == 1
struct Lanes {  // for compilers without vector types: one float, and what the optimizer makes of it
  float x;
  Lanes& operator+=(Lanes y) { x += y.x; return *this; }
};
inline Lanes operator+(Lanes a, Lanes b) { return {a.x + b.x}; }
inline Lanes operator-(Lanes a, Lanes b) { return {a.x - b.x}; }
inline Lanes operator*(Lanes a, Lanes b) { return {a.x * b.x}; }
inline Lanes operator/(Lanes a, Lanes b) { return {a.x / b.x}; }
inline Lanes operator+(Lanes a, float b) { return {a.x + b}; }
inline Lanes operator*(Lanes a, float b) { return {a.x * b}; }
inline Lanes operator/(float a, Lanes b) { return {a / b.x}; }
inline Lanes operator-(Lanes a, float b) { return {a.x - b}; }
inline Lanes operator-(float a, Lanes b) { return {a - b.x}; }
inline Lanes sqrt(Lanes a) { return {sqrtf(a.x)}; }
inline float sum_lanes(Lanes a) { return a.x; }
#else
typedef float Lanes __attribute__((vector_size(4 * FOOTLIGHT_LANES)));

#if FOOTLIGHT_LANES == 16
FOOTLIGHT_INLINE Lanes sqrt(Lanes x) { return (Lanes)_mm512_maskz_sqrt_ps(0xffff, (__m512)x); }
#elif FOOTLIGHT_LANES == 8
FOOTLIGHT_INLINE Lanes sqrt(Lanes x) { return (Lanes)_mm256_sqrt_ps((__m256)x); }
#elif defined(__wasm_simd128__)
FOOTLIGHT_INLINE Lanes sqrt(Lanes x) { return __builtin_wasm_sqrt_f32x4(x); }  // clang would take the root of each lane alone
#else
FOOTLIGHT_INLINE Lanes sqrt(Lanes x) {
  for (int k = 0; k < LANES; k++) x[k] = __builtin_sqrtf(x[k]);
  return x;
}
#endif

#if FOOTLIGHT_LANES == 4
FOOTLIGHT_INLINE float sum_lanes(Lanes x) { return (x[0] + x[2]) + (x[1] + x[3]); }
#else
FOOTLIGHT_INLINE float sum_lanes(Lanes x) {
#if FOOTLIGHT_LANES == 16
  const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256((__m512)x), _mm512_extractf32x8_ps((__m512)x, 1));
#else
  const __m256 eight = (__m256)x;
#endif
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 pair = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(pair, _mm_shuffle_ps(pair, pair, 1)));
}
#endif
#endif

template <class T>
FOOTLIGHT_INLINE T load(const float* from) {
  T value;
  __builtin_memcpy(&value, from, sizeof(T));
  return value;
}

template <class T>
FOOTLIGHT_INLINE void store(float* to, T value) {
  __builtin_memcpy(to, &value, sizeof(T));
}

FOOTLIGHT_INLINE float dot(const float* a, const float* b, int64_t n) {
  Lanes sums[4] = {};
  int64_t d = 0;
  for (; d + 4 * LANES <= n; d += 4 * LANES)
    FOOTLIGHT_UNROLLED
    for (int k = 0; k < 4; k++) sums[k] += load<Lanes>(a + d + k * LANES) * load<Lanes>(b + d + k * LANES);
  for (; d + LANES <= n; d += LANES) sums[0] += load<Lanes>(a + d) * load<Lanes>(b + d);
  float sum = sum_lanes((sums[0] + sums[1]) + (sums[2] + sums[3]));
  for (; d < n; d++) sum += a[d] * b[d];
  return sum;
}

// to = scale × row, or to + scale × row.
template <bool first>
FOOTLIGHT_INLINE void add_scaled(float* to, const float* row, float scale, int64_t n) {
  int64_t d = 0;
  for (; d + LANES <= n; d += LANES) {
    const Lanes term = load<Lanes>(row + d) * scale;
    store(to + d, first ? term : load<Lanes>(to + d) + term);
  }
  for (; d < n; d++) to[d] = first ? row[d] * scale : to[d] + row[d] * scale;
}

FOOTLIGHT_INLINE void add_to(float* to, const float* row, float factor, int64_t n, bool first) {
  if (first) add_scaled<true>(to, row, factor, n);
  else add_scaled<false>(to, row, factor, n);
}

FOOTLIGHT_INLINE void fetch(const float* row, int64_t n) {
  for (int64_t d = 0; d < n; d += 16) __builtin_prefetch(row + d);
}

FOOTLIGHT_INLINE void scale(float* values, int64_t n, float by) {
  int64_t d = 0;
  for (; d + LANES <= n; d += LANES) store(values + d, load<Lanes>(values + d) * by);
  for (; d < n; d++) values[d] *= by;
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace
}  // namespace footlight

#endif
