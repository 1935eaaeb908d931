#include <math.h>

#include <cstdint>

#include "bilinear.h"

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed between functions of this file only, all of them inlined
#if defined(__x86_64__)
#include <immintrin.h>
#define FOOTLIGHT_X86 1
#endif
#else
#define __attribute__(attribute)
#define __builtin_memcpy memcpy
#define __builtin_sqrtf sqrtf
#define __builtin_fabsf fabsf
#define __builtin_prefetch(address) ((void)(address))
#include <string.h>
#endif

namespace footlight {
namespace {

#if FOOTLIGHT_X86
namespace avx512 {
#define FOOTLIGHT_TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")))
enum { LANES = 16 };
typedef float Lanes __attribute__((vector_size(64)));
static inline __attribute__((always_inline)) FOOTLIGHT_TARGET Lanes root(Lanes x) { return (Lanes)_mm512_maskz_sqrt_ps(0xffff, (__m512)x); }
#include "bilinear_phases.inc"
#undef FOOTLIGHT_TARGET
}  // namespace avx512

namespace avx2 {
#define FOOTLIGHT_TARGET __attribute__((target("avx2,fma")))
enum { LANES = 8 };
typedef float Lanes __attribute__((vector_size(32)));
static inline __attribute__((always_inline)) FOOTLIGHT_TARGET Lanes root(Lanes x) { return (Lanes)_mm256_sqrt_ps((__m256)x); }
#include "bilinear_phases.inc"
#undef FOOTLIGHT_TARGET
}  // namespace avx2
#endif

namespace portable {
#define FOOTLIGHT_TARGET
#if defined(__GNUC__)
enum { LANES = 4 };  // SSE2 and NEON
typedef float Lanes __attribute__((vector_size(16)));
static inline __attribute__((always_inline)) Lanes root(Lanes x) {
  for (int k = 0; k < LANES; k++) x[k] = __builtin_sqrtf(x[k]);
  return x;
}
#else
struct Lanes {  // for compilers without vector types: one float, and what the optimiser makes of it
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
inline Lanes root(Lanes a) { return {sqrtf(a.x)}; }
enum { LANES = 1 };
#endif
#include "bilinear_phases.inc"
#undef FOOTLIGHT_TARGET
}  // namespace portable

const BilinearPhases& chosen_phases() {
#if FOOTLIGHT_X86
  __builtin_cpu_init();
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512bw");
  const bool fused = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (wide && fused) return avx512::phases;
  if (fused) return avx2::phases;
#endif
  return portable::phases;
}

}  // namespace

const BilinearPhases& bilinear_phases() {
  static const BilinearPhases& chosen = chosen_phases();
  return chosen;
}

}  // namespace footlight
