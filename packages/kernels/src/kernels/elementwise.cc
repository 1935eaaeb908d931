// Loops that the compiler turns into vectors: no branch, no call inside.

#include "kernels/elementwise.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/elementwise.cc"
#include "simd/foreach_target.h"
#include "simd/math-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

#define FOOTLIGHT_LOOP(name, expression) \
  FOOTLIGHT_TARGET void unary_##name(const float* a, float* out, int64_t n, float p, float q) { \
    (void)p, (void)q; \
    FOOTLIGHT_INDEPENDENT \
    for (int64_t i = 0; i < n; i++) { \
      const float x = a[i]; \
      out[i] = expression; \
    } \
  }
FOOTLIGHT_UNARY(FOOTLIGHT_LOOP)
#undef FOOTLIGHT_LOOP

// Two rows of n, either of which may be one number.
#define FOOTLIGHT_PAIRS(name, T, R, expression) \
  FOOTLIGHT_TARGET void name(const T* a, int64_t step_a, const T* b, int64_t step_b, R* out, int64_t n) { \
    if (step_a == 1 && step_b == 1) { \
      FOOTLIGHT_INDEPENDENT \
      for (int64_t i = 0; i < n; i++) { \
        const T x = a[i], y = b[i]; \
        out[i] = expression; \
      } \
    } else if (step_a == 1 && step_b == 0) { \
      const T y = b[0]; \
      FOOTLIGHT_INDEPENDENT \
      for (int64_t i = 0; i < n; i++) { \
        const T x = a[i]; \
        out[i] = expression; \
      } \
    } else if (step_a == 0 && step_b == 1) { \
      const T x = a[0]; \
      FOOTLIGHT_INDEPENDENT \
      for (int64_t i = 0; i < n; i++) { \
        const T y = b[i]; \
        out[i] = expression; \
      } \
    } else { \
      for (int64_t i = 0; i < n; i++) { \
        const T x = a[i * step_a], y = b[i * step_b]; \
        out[i] = expression; \
      } \
    } \
  }
#define FOOTLIGHT_LOOP(name, expression) FOOTLIGHT_PAIRS(binary_##name, float, float, expression)
FOOTLIGHT_BINARY(FOOTLIGHT_LOOP)
#undef FOOTLIGHT_LOOP
#define FOOTLIGHT_LOOP(name, expression) \
  FOOTLIGHT_PAIRS(compare_floats_##name, float, uint8_t, (expression) ? 1 : 0) \
  FOOTLIGHT_PAIRS(compare_ints_##name, int32_t, uint8_t, (expression) ? 1 : 0) \
  FOOTLIGHT_PAIRS(compare_bytes_##name, uint8_t, uint8_t, (expression) ? 1 : 0)
FOOTLIGHT_COMPARE(FOOTLIGHT_LOOP)
#undef FOOTLIGHT_LOOP
#undef FOOTLIGHT_PAIRS

FOOTLIGHT_TARGET void select(const uint8_t* condition, const float* a, const float* b, float* out, int64_t n) {
  FOOTLIGHT_INDEPENDENT
  for (int64_t i = 0; i < n; i++) {
    const float x = a[i], y = b[i];
    out[i] = condition[i] == 1 ? x : y;
  }
}

#define FOOTLIGHT_ENTRY(name, expression) unary_##name,
void (*const unary_loops[])(const float*, float*, int64_t, float, float) = {FOOTLIGHT_UNARY(FOOTLIGHT_ENTRY)};
#undef FOOTLIGHT_ENTRY
#define FOOTLIGHT_ENTRY(name, expression) binary_##name,
void (*const binary_loops[])(const float*, int64_t, const float*, int64_t, float*, int64_t) = {FOOTLIGHT_BINARY(FOOTLIGHT_ENTRY)};
#undef FOOTLIGHT_ENTRY
#define FOOTLIGHT_ENTRY(name, expression) compare_floats_##name,
void (*const compare_floats[])(const float*, int64_t, const float*, int64_t, uint8_t*, int64_t) = {FOOTLIGHT_COMPARE(FOOTLIGHT_ENTRY)};
#undef FOOTLIGHT_ENTRY
#define FOOTLIGHT_ENTRY(name, expression) compare_ints_##name,
void (*const compare_ints[])(const int32_t*, int64_t, const int32_t*, int64_t, uint8_t*, int64_t) = {FOOTLIGHT_COMPARE(FOOTLIGHT_ENTRY)};
#undef FOOTLIGHT_ENTRY
#define FOOTLIGHT_ENTRY(name, expression) compare_bytes_##name,
void (*const compare_bytes[])(const uint8_t*, int64_t, const uint8_t*, int64_t, uint8_t*, int64_t) = {FOOTLIGHT_COMPARE(FOOTLIGHT_ENTRY)};
#undef FOOTLIGHT_ENTRY

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

template <class T, class R, class Loop>
void run_pairs(const T* a, const T* b, R* out, const Strides& strides, int64_t begin, int64_t end, Loop loop) {
  const int64_t last = strides.rank - 1, step_a = strides.first[last], step_b = strides.second[last];
  strides.run(begin, end, [&](int64_t at, int64_t n, int64_t from_a, int64_t from_b) { loop(a + from_a, step_a, b + from_b, step_b, out + at, n); });
}

}  // namespace

void unary(int64_t code, const float* x, float* out, int64_t begin, int64_t end, float p, float q) {
  FOOTLIGHT_DISPATCH(unary_loops)[code](x + begin, out + begin, end - begin, p, q);
}

void binary(int64_t code, const float* a, const float* b, float* out, const Strides& strides, int64_t begin, int64_t end) {
  run_pairs(a, b, out, strides, begin, end, FOOTLIGHT_DISPATCH(binary_loops)[code]);
}

void compare(int64_t code, const float* a, const float* b, uint8_t* out, const Strides& strides, int64_t begin, int64_t end) {
  run_pairs(a, b, out, strides, begin, end, FOOTLIGHT_DISPATCH(compare_floats)[code]);
}

void compare(int64_t code, const int32_t* a, const int32_t* b, uint8_t* out, const Strides& strides, int64_t begin, int64_t end) {
  run_pairs(a, b, out, strides, begin, end, FOOTLIGHT_DISPATCH(compare_ints)[code]);
}

void compare(int64_t code, const uint8_t* a, const uint8_t* b, uint8_t* out, const Strides& strides, int64_t begin, int64_t end) {
  run_pairs(a, b, out, strides, begin, end, FOOTLIGHT_DISPATCH(compare_bytes)[code]);
}

void select(const uint8_t* condition, const float* a, const float* b, float* out, int64_t begin, int64_t end) {
  FOOTLIGHT_DISPATCH(select)(condition + begin, a + begin, b + begin, out + begin, end - begin);
}
#endif

}  // namespace footlight
