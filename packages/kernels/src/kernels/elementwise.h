#pragma once

#include <stdint.h>

#include "kernels/strides.h"

namespace footlight {

// Operations on each entry: out[i] = f(x[i]) and out[i] = f(x[i], y[i]). They are those of tfjs of the same names.
//
// Not-a-number goes through, as in JavaScript's Math; but its sign is 0, as in tfjs. Each is a name for JavaScript and the expression in x (and y, or the
// parameters p and q); the order gives their codes.

#define FOOTLIGHT_UNARY(X) \
  X(abs, __builtin_fabsf(x)) \
  X(neg, -x) \
  X(square, x * x) \
  X(reciprocal, 1.0f / x) \
  X(relu, x < 0.0f ? 0.0f : x) \
  X(relu6, x < 0.0f ? 0.0f : x > 6.0f ? 6.0f : x) \
  X(leakyRelu, x < 0.0f ? p * x : x) \
  X(step, x > 0.0f ? 1.0f : x != x ? x : p) \
  X(clip, x > q ? q : x < p ? p : x) \
  X(sign, x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : 0.0f) \
  X(sqrt, __builtin_sqrtf(x)) \
  X(rsqrt, 1.0f / __builtin_sqrtf(x)) \
  X(exp, exp(x)) \
  X(expm1, expm1(x)) \
  X(log, log(x)) \
  X(log1p, log1p(x)) \
  X(sigmoid, 1.0f / (1.0f + exp(-x))) \
  X(tanh, tanh(x)) \
  X(softplus, softplus(x)) \
  X(elu, x >= 0.0f ? x : expm1(x)) \
  X(scale, p * x) \
  X(floor, floorf(x)) \
  X(ceil, ceilf(x)) \
  X(round, rintf(x)) \
  X(sin, sinf(x)) \
  X(cos, cosf(x))

#define FOOTLIGHT_BINARY(X) \
  X(add, x + y) \
  X(sub, x - y) \
  X(multiply, x * y) \
  X(realDiv, x / y) \
  X(maximum, x > y || x != x ? x : y) \
  X(minimum, x < y || x != x ? x : y) \
  X(squaredDifference, (x - y) * (x - y)) \
  X(prelu, x < 0.0f ? y * x : x) \
  X(eluGrad, y >= 0.0f ? x : x * (y + 1.0f)) \
  X(pow, pow(x, y))

#define FOOTLIGHT_COMPARE(X) \
  X(equal, x == y) \
  X(notEqual, x != y) \
  X(less, x < y) \
  X(lessEqual, x <= y) \
  X(greater, x > y) \
  X(greaterEqual, x >= y) \
  X(logicalAnd, x != 0 && y != 0) \
  X(logicalOr, x != 0 || y != 0)

#define FOOTLIGHT_NAME(name, expression) #name,
constexpr const char* unary_names[] = {FOOTLIGHT_UNARY(FOOTLIGHT_NAME)};
constexpr const char* binary_names[] = {FOOTLIGHT_BINARY(FOOTLIGHT_NAME)};
constexpr const char* compare_names[] = {FOOTLIGHT_COMPARE(FOOTLIGHT_NAME)};
#undef FOOTLIGHT_NAME

// Entries below which a second thread costs more than it brings.
constexpr int64_t elementwise_grain = 1 << 15;

// Entries [begin, end) of x and out, each of any length; out may be x.
void unary(int64_t code, const float* x, float* out, int64_t begin, int64_t end, float p, float q);

// Entries [begin, end) of out. a and b are read by the first and the second strides; out may be one of them if that is read in order.
void binary(int64_t code, const float* a, const float* b, float* out, const Strides& strides, int64_t begin, int64_t end);

// The same, 1 where the comparison holds, else 0.
void compare(int64_t code, const float* a, const float* b, uint8_t* out, const Strides& strides, int64_t begin, int64_t end);
void compare(int64_t code, const int32_t* a, const int32_t* b, uint8_t* out, const Strides& strides, int64_t begin, int64_t end);
void compare(int64_t code, const uint8_t* a, const uint8_t* b, uint8_t* out, const Strides& strides, int64_t begin, int64_t end);

// a where condition is 1, else b; out may be one of them.
void select(const uint8_t* condition, const float* a, const float* b, float* out, int64_t begin, int64_t end);

}  // namespace footlight
